"""A group whose verbs are imported when they are called."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click


class ReaderGone(Exception):
    """Whoever read our standard output has read enough."""


class LazyGroup(click.Group):
    """Knows its verbs by name and help; the module of a verb is imported only to run it."""

    def __init__(self, *args: Any, verbs: dict[str, str], **kwargs: Any) -> None:
        """`verbs` maps a name to `module:attribute` below `hydra_tui.cli`."""
        super().__init__(*args, **kwargs)
        self._verbs = verbs

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self._verbs)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            # click would end with status 1: to stop reading is no failure.
            raise ReaderGone from error

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        where = self._verbs.get(cmd_name)
        if where is None:
            return None
        module, attribute = where.split(":")
        command = getattr(import_module(f"hydra_tui.cli.{module}"), attribute)
        assert isinstance(command, click.Command)
        return command
