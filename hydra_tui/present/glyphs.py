"""The alphabet: every state has a shape of its own, so that colour is never the only sign."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hydra_tui.core.state import State


@dataclass(frozen=True, slots=True)
class Glyphs:
    """One set of shapes, each a single cell wide."""

    states: dict[State, str]
    bar: str
    """Parts of a cell, from the least to a full one."""
    track: str
    """The cells of a gauge that are not filled."""
    spark: str
    """Heights, from lowest to highest."""
    gap: str
    """A moment in a sparkline at which nothing was read."""
    stale: str
    spelling: Mapping[int, int | str] = field(default_factory=dict)
    """What replaces other characters that the set cannot draw, each one cell wide."""


BLOCK = Glyphs(
    states={
        State.UP: "●",
        State.BUSY: "◐",
        State.DEGRADED: "▲",
        State.UNAUTHORISED: "◇",
        State.DOWN: "✖",
        State.UNKNOWN: "○",
    },
    bar="╸━",
    track="━",
    spark="▁▂▃▄▅▆▇█",
    gap=" ",
    stale="◷",
)

ASCII = Glyphs(
    states={
        State.UP: "*",
        State.BUSY: "~",
        State.DEGRADED: "!",
        State.UNAUTHORISED: "?",
        State.DOWN: "X",
        State.UNKNOWN: "o",
    },
    bar="#",
    track=".",
    spark="_.-=+*#",
    gap=" ",
    stale="@",
    spelling=str.maketrans("…›°↑↓→←↵⇧“”—×", """~>'^v><<^"\"-x"""),
)
"""For terminals and fonts in which blocks break."""
