"""hydra-tui: the operations console for people who run their own AI cluster."""

__version__ = "0.1.0"
