"""Histories a few lines high, side by side under their node."""

from __future__ import annotations

from collections.abc import Sequence

from hydra_tui.core.cluster import Node
from hydra_tui.core.series import Series
from hydra_tui.present.cells import Line, Run, fit, joined
from hydra_tui.present.glyphs import Glyphs
from hydra_tui.present.picture import Picture
from hydra_tui.present.roles import Role
from hydra_tui.present.view import View, is_read

INDENT = 2
LEAST_ROWS = 3
LEAST_CELLS = 15
"""More than a minute of history, and its span in words below."""
GAP = 3
TOP = 100.0
"""All of them are percentages."""
AXIS_CELLS = 4
NOW = "now"


def chart(values: Sequence[float | None], cells: int, rows: int, top: float, glyphs: Glyphs) -> list[Line]:
    """The newest values, one a cell, `rows` lines high from 0 to `top`; the top line comes first."""
    newest = values[max(0, len(values) - cells) :]
    shown: list[float | None] = [*[None] * (cells - len(newest)), *newest]
    return [
        (Run("".join(_part(value, row, rows, top, glyphs) for value in shown), Role.SPARK),)
        for row in reversed(range(rows))
    ]


def _part(value: float | None, row: int, rows: int, top: float, glyphs: Glyphs) -> str:
    """What of a column shows in one of its rows: the row 0 lies at the bottom and always shows a floor."""
    if value is None:
        return glyphs.gap
    steps = len(glyphs.spark)
    share = min(1.0, max(0.0, value / top)) if top > 0 else 0.0
    filled = round(share * rows * steps) - row * steps
    if filled <= 0:
        return glyphs.spark[0] if row == 0 else " "
    return glyphs.spark[min(filled, steps) - 1]


def charted(node: Node, cells: int, rows: int, view: View, *, axes: bool = False) -> Picture:
    """CPU and every GPU of a node over the last minutes; nothing when there is no room for it."""
    if rows < LEAST_ROWS or not is_read(node, view):
        return Picture()
    histories: list[tuple[str, Series]] = [("cpu %", node.cpu)]
    histories += [
        (f"gpu {gpu.index} %", series) for gpu, series in zip(node.gpus, node.gpu_utilisation, strict=True)
    ]
    each = (cells - INDENT - GAP * (len(histories) - 1)) // len(histories)
    if each < LEAST_CELLS:
        return Picture()
    draw = _with_axes if axes else _captioned
    blocks = [draw(label, series, each, rows, view) for label, series in histories]
    lines = (joined([fit(block[row], each) for block in blocks], " " * GAP) for row in range(rows))
    return Picture(((), *((Run(" " * INDENT), *line) for line in lines)))


def _minutes(series: Series, cells: int) -> str:
    return f"{min(cells, series.keep) * series.bucket_s / 60:.0f} min"


def _captioned(label: str, series: Series, cells: int, rows: int, view: View) -> list[Line]:
    """What it is and how far it goes back, in words below."""
    title: Line = (Run(f"{label}, {_minutes(series, cells)}", Role.FAINT),)
    return [*chart(series.values, cells, rows - 1, TOP, view.glyphs), title]


def _with_axes(label: str, series: Series, cells: int, rows: int, view: View) -> list[Line]:
    """Percent at the left, time below."""
    plot = cells - AXIS_CELLS
    marks = [f"{TOP:.0f}", *[""] * (rows - 3), "0"]
    lines = [
        (Run(mark.rjust(AXIS_CELLS - 1) + " ", Role.FAINT), *line)
        for mark, line in zip(marks, chart(series.values, plot, rows - 1, TOP, view.glyphs), strict=True)
    ]
    start = f"-{_minutes(series, plot)}"
    below = f"{start}{label:^{max(0, plot - len(start) - len(NOW))}}{NOW}"
    return [*lines, (Run(" " * AXIS_CELLS), Run(below, Role.FAINT))]
