"""The headless face, and the door to the other one. stdout is data, stderr is narration."""

from __future__ import annotations

import sys


def main() -> None:
    """The command `hydra-tui`."""
    import click

    from hydra_tui.cli import exits
    from hydra_tui.cli.journal import keep_journal
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
    except BrokenPipeError:
        # Whoever read us has read enough; Python must not try to flush into the void.
        sys.stderr.close()
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
