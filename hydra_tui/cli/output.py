"""How verbs print: JSON as one object, tables in the colours of the terminal."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

import click

from hydra_tui.present.cells import Line
from hydra_tui.present.roles import Role
from hydra_tui.present.table import Column, chosen, drawn, heading

T = TypeVar("T")

WIDE = 200
"""Cells of a table that goes into a pipe."""

_COLOURS: Mapping[Role, Mapping[str, Any]] = {
    Role.OK: {"fg": "green"},
    Role.BUSY: {"fg": "cyan"},
    Role.WARN: {"fg": "yellow"},
    Role.CRIT: {"fg": "red", "bold": True},
    Role.STRONG: {"bold": True},
    Role.TITLE: {"bold": True},
    Role.MUTED: {"dim": True},
    Role.FILL: {"fg": "blue"},
    Role.FILL_WARN: {"fg": "yellow"},
    Role.FILL_CRIT: {"fg": "red"},
    Role.BADGE: {"reverse": True},
}
"""The terminal's own sixteen colours: whoever reads a pipe or a log chose them."""


def print_json(record: Mapping[str, Any]) -> None:
    """One object, indented, keys as given."""
    click.echo(json.dumps(record, indent=2, ensure_ascii=False, allow_nan=False))


def print_json_line(record: Mapping[str, Any]) -> None:
    """One object on a line of its own, for whoever reads objects as they come."""
    click.echo(json.dumps(record, ensure_ascii=False, allow_nan=False, separators=(",", ":")))


def print_lines(lines: Iterable[Line]) -> None:
    """Lines of runs; colours only where a terminal reads, and `NO_COLOR` is heard by click."""
    for line in lines:
        styled = "".join(click.style(run.text, **_COLOURS.get(run.role, {})) for run in line)
        click.echo(styled.rstrip() if line else "")


def table_cells() -> int:
    """As wide as the terminal, or as a wide one where none reads."""
    return shutil.get_terminal_size((WIDE, 24)).columns if sys.stdout.isatty() else WIDE


def print_table(columns: Sequence[Column[T]], items: Iterable[T]) -> None:
    """A heading and a row an item."""
    cells = table_cells()
    kept = chosen(columns, cells)
    print_lines([heading(kept, cells), *(drawn(kept, item, cells) for item in items)])
