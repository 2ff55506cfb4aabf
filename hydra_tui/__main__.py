"""`python -m hydra_tui` is the command `hydra-tui`."""

from hydra_tui.cli import main

if __name__ == "__main__":
    main()
