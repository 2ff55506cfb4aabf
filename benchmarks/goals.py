"""What hydra-tui promises to cost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.figures import Figures


@dataclass(frozen=True, slots=True)
class Goal:
    """An upper limit on a value drawn from ours and the bare app's figures."""

    name: str
    limit: float
    unit: str
    value: Callable[[Figures, Figures], float]
    """Of (ours, bare)."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A goal held against what was measured."""

    name: str
    value: float
    limit: float
    unit: str
    met: bool


GOALS = (
    Goal(
        "first paint / bare first paint",
        1.25,
        "×",
        lambda ours, bare: ours.first_paint_s / bare.first_paint_s,
    ),
    Goal(
        "filled overview / bare first paint", 2.0, "×", lambda ours, bare: ours.filled_s / bare.first_paint_s
    ),
    Goal("CPU at rest", 1.0, "% of a core", lambda ours, _: ours.cpu_percent),
    Goal("output at rest", 1024.0, "B/s", lambda ours, _: ours.bytes_per_s),
)


def verdicts(ours: Figures, bare: Figures) -> list[Verdict]:
    """Each goal, met or missed."""
    drawn = [(goal, goal.value(ours, bare)) for goal in GOALS]
    return [Verdict(goal.name, value, goal.limit, goal.unit, value <= goal.limit) for goal, value in drawn]
