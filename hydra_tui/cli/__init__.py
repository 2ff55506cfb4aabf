"""The headless face, and the door to the other one. stdout is data, stderr is narration."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """The command `hydra-tui`."""
    import click

    from hydra_tui.cli import exits
    from hydra_tui.cli.journal import keep_journal
    from hydra_tui.cli.lazy import ReaderGone
    from hydra_tui.cli.root import root
    from hydra_tui.core.errors import ConfigError, HydraError, SecretError, Unreachable

    keep_journal()
    try:
        root.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(exits.INTERRUPTED)
    except ReaderGone:
        # What is left in the buffer would be flushed into the void at the end, which fails.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(exits.OK)
    except (ConfigError, SecretError) as error:
        click.echo(str(error), err=True)
        sys.exit(exits.CONFIG)
    except Unreachable as error:
        click.echo(f"hydra-tui: {error}", err=True)
        sys.exit(exits.UNREACHABLE)
    except HydraError as error:
        click.echo(f"hydra-tui: {error}", err=True)
        sys.exit(exits.REFUSED)
