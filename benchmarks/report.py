"""The figures as a table for a person or as JSON for a machine."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict

from benchmarks.figures import Figures
from benchmarks.goals import Verdict

MIB = 1 << 20

ROWS: tuple[tuple[str, str, Callable[[Figures], float | None], float], ...] = (
    ("first paint", "ms", lambda of: of.first_paint_s, 1e3),
    ("filled", "ms", lambda of: of.filled_s, 1e3),
    ("CPU at rest", "%", lambda of: of.cpu_percent, 1),
    ("output at rest", "B/s", lambda of: of.bytes_per_s, 1),
    ("RSS", "MiB", lambda of: of.rss_bytes, 1 / MIB),
    ("PSS", "MiB", lambda of: of.pss_bytes, 1 / MIB),
    ("key p50", "ms", lambda of: of.key_p50_s, 1e3),
    ("key p99", "ms", lambda of: of.key_p99_s, 1e3),
)
"""Label, unit, where the value stands, and the factor from its base unit."""

LABEL, CELL = 22, 14


def as_table(measured: Sequence[Figures], verdicts: Sequence[Verdict], conditions: str) -> str:
    """A column per program, the bare app first, ours second with the ratio between them; then the goals."""
    bare, ours = measured[0], measured[1]
    heads = [bare.program, ours.program, "ratio", *(other.program for other in measured[2:])]
    lines = [conditions, "", " " * LABEL + "".join(f"{head:>{CELL}}" for head in heads)]
    for label, unit, value, factor in ROWS:
        cells = [_number(value(of), factor) for of in measured]
        cells.insert(2, _ratio(value(ours), value(bare)))
        lines.append(f"{f'{label}, {unit}':<{LABEL}}" + "".join(f"{cell:>{CELL}}" for cell in cells))
    return "\n".join([*lines, "", *map(_goal, verdicts)])


def as_json(measured: Sequence[Figures], verdicts: Sequence[Verdict], conditions: str) -> str:
    """Everything, keys with their units."""
    return json.dumps(
        {
            "conditions": conditions,
            "programs": [asdict(of) for of in measured],
            "goals": [asdict(verdict) for verdict in verdicts],
        },
        indent=2,
        ensure_ascii=False,
    )


def _number(value: float | None, factor: float) -> str:
    return "–" if value is None else f"{value * factor:,.1f}"


def _ratio(ours: float | None, bare: float | None) -> str:
    return f"{ours / bare:.2f} ×" if ours is not None and bare else "–"


def _goal(verdict: Verdict) -> str:
    word = "met" if verdict.met else "MISSED"
    return f"{word:<7} {verdict.name}: {verdict.value:,.2f} {verdict.unit}, at most {verdict.limit:,.2f}"
