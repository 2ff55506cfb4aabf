"""Gauges and sparklines out of single cells."""

from __future__ import annotations

from collections.abc import Sequence

from hydra_tui.present.cells import Line, Run
from hydra_tui.present.glyphs import Glyphs
from hydra_tui.present.roles import Role

WARN_RATIO = 0.90
CRIT_RATIO = 0.97


def fill_role(ratio: float) -> Role:
    """How alarming a fill is."""
    if ratio >= CRIT_RATIO:
        return Role.FILL_CRIT
    return Role.FILL_WARN if ratio >= WARN_RATIO else Role.FILL


def gauge(ratio: float | None, cells: int, glyphs: Glyphs) -> Line:
    """A bar of exactly `cells` on its track; an empty track when nothing was read."""
    ratio = min(1.0, max(0.0, ratio or 0.0))
    steps = len(glyphs.bar)
    whole, part = divmod(round(ratio * cells * steps), steps)
    bar = glyphs.bar[-1] * whole + (glyphs.bar[part - 1] if part else "")
    return (Run(bar, fill_role(ratio)), Run(glyphs.track * (cells - len(bar)), Role.TRACK))


def sparkline(values: Sequence[float | None], cells: int, glyphs: Glyphs, top: float | None = None) -> Line:
    """The newest values, one a cell, right-aligned. `top` is the full height, else the highest value."""
    if cells <= 0:
        return ()
    shown = values[-cells:]
    highest = top or max((value for value in shown if value is not None), default=0.0)
    drawn = "".join(_height(value, highest, glyphs) for value in shown)
    return (Run(drawn.rjust(cells), Role.SPARK),)


def _height(value: float | None, highest: float, glyphs: Glyphs) -> str:
    if value is None:
        return glyphs.gap
    if highest <= 0:
        return glyphs.spark[0]
    step = int(min(1.0, max(0.0, value / highest)) * (len(glyphs.spark) - 1) + 0.5)
    return glyphs.spark[step]
