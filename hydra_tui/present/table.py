"""Tables: columns of fixed width, of which the least important goes first when room is short."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from hydra_tui.present.cells import Line, Run, fit
from hydra_tui.present.roles import Role

T = TypeVar("T")

GAP = 2


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """One column. `draw` gives a line that is fitted into `width` cells."""

    title: str
    width: int
    rank: int
    """0 is never dropped; the highest is dropped first."""
    draw: Callable[[T], Line]
    stretch: bool = False
    """Takes what room is left over; `width` is then the least it needs."""


def chosen(columns: Sequence[Column[T]], cells: int) -> list[Column[T]]:
    """The columns that fit into `cells`, in their order."""
    kept = list(columns)
    while kept and _needed(kept) > cells:
        victim = max(kept, key=lambda column: column.rank)
        if victim.rank == 0:
            break
        kept.remove(victim)
    return kept


def _needed(columns: Sequence[Column[T]]) -> int:
    return sum(column.width for column in columns) + GAP * (len(columns) - 1)


def drawn(columns: Sequence[Column[T]], item: T, cells: int) -> Line:
    """One row of already chosen columns, in exactly `cells`."""
    spare = max(0, cells - _needed(columns))
    line: list[Run] = []
    for column in columns:
        if line:
            line.append(Run(" " * GAP))
        room = column.width + spare if column.stretch else column.width
        spare = 0 if column.stretch else spare
        line.extend(fit(column.draw(item), room))
    return fit(tuple(line), cells)


def heading(columns: Sequence[Column[T]], cells: int) -> Line:
    """The titles of already chosen columns."""
    titles: list[Column[None]] = [
        Column("", column.width, 0, _title(column.title), column.stretch) for column in columns
    ]
    return drawn(titles, None, cells)


def _title(text: str) -> Callable[[None], Line]:
    return lambda _: (Run(text, Role.MUTED),)
