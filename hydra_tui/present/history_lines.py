"""One number over time, as lines under a heading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hydra_tui.core.changes import duration
from hydra_tui.present.cells import Line, Run, spread
from hydra_tui.present.charts import chart
from hydra_tui.present.glyphs import Glyphs
from hydra_tui.present.metric_value import CELLS, full_height, metric_value
from hydra_tui.present.roles import Role

HEIGHT = 6
LABEL_CELLS = CELLS + 1
"""Left of the chart."""
DAY_S = 86400.0

Stretch = tuple[float, float, float, float]
"""When it begins (seconds since the epoch), least, mean, most."""


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when, in seconds since the epoch, in how many stretches."""

    since: float
    until: float
    points: int


def history_lines(
    title: str, metric: str, stretches: Sequence[Stretch], span: Span, glyphs: Glyphs
) -> list[Line]:
    """A heading with least, mean and most; the peak of each stretch, a cell each; the time below."""
    seconds = duration(span.until - span.since)
    head: Line = (Run(title, Role.STRONG), Run(f"  {metric}, last {seconds}", Role.MUTED))
    if not stretches:
        return [head, (Run("nothing was recorded in that time", Role.MUTED),)]
    peaks = _peaks(stretches, span)
    top = full_height(metric, [most for _, _, _, most in stretches])
    body = chart(peaks, span.points, HEIGHT, top, glyphs)
    labels = [metric_value(metric, top), *[" " * CELLS] * (HEIGHT - 2), metric_value(metric, 0.0)]
    drawn = [(Run(f"{label} ", Role.FAINT), *line) for label, line in zip(labels, body, strict=True)]
    return [(*head, *_figures(metric, stretches)), *drawn, _axis(span)]


def _peaks(stretches: Sequence[Stretch], span: Span) -> list[float | None]:
    peaks: list[float | None] = [None] * span.points
    for at, _, _, most in stretches:
        place = round((at - span.since) * span.points / (span.until - span.since))
        peaks[place] = most
    return peaks


def _figures(metric: str, stretches: Sequence[Stretch]) -> Line:
    """The mean is that of the stretches: each counts the same, however often it was read."""
    least = min(each[1] for each in stretches)
    mean = sum(each[2] for each in stretches) / len(stretches)
    most = max(each[3] for each in stretches)
    figures = (("min", least), ("mean", mean), ("max", most))
    shown = "  ".join(f"{name} {metric_value(metric, value).strip()}" for name, value in figures)
    return (Run(f": {shown}"),)


def _axis(span: Span) -> Line:
    form = "%H:%M" if span.until - span.since < DAY_S else "%Y-%m-%d %H:%M"
    begin, end = (datetime.fromtimestamp(at).astimezone().strftime(form) for at in (span.since, span.until))
    cells = max(span.points, len(begin) + 2 + len(end))
    scale = spread((Run(begin, Role.FAINT),), (Run(end, Role.FAINT),), cells)
    return (Run(" " * LABEL_CELLS), *scale)
