"""`hydra-tui` itself: without a verb it opens the console."""

from __future__ import annotations

from pathlib import Path

import click

from hydra_tui import __version__
from hydra_tui.cli.lazy import LazyGroup
from hydra_tui.cli.options import config_option

VERBS = {
    "demo": "demo:demo",
    "status": "status:status",
    "nodes": "nodes:nodes",
    "services": "services:services",
    "models": "models:models",
    "doctor": "doctor:doctor",
    "history": "history:history",
    "kinds": "kinds:kinds",
    "config": "config:config",
    "sim": "sim:sim",
}


@click.group(cls=LazyGroup, verbs=VERBS, invoke_without_command=True)
@config_option
@click.option("--theme", help="Colours: dark, light or another of themes/.")
@click.option("--ascii", "ascii_only", is_flag=True, help="Draw with ASCII characters only.")
@click.version_option(__version__, prog_name="hydra-tui")
@click.pass_context
def root(ctx: click.Context, config: Path | None, theme: str | None, ascii_only: bool) -> None:
    """The operations console for people who run their own AI cluster.

    Without a command it opens the console: on your configuration, or on this machine when there is none.
    """
    if ctx.invoked_subcommand is None:
        from hydra_tui.cli.console import open_configured

        open_configured(config, theme, ascii_only=ascii_only)
