"""All that was measured of one program, drawn together from its rounds."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.measure import Keys, Rest, Start


@dataclass(frozen=True, slots=True)
class Figures:
    """Medians over the rounds; JSON is drawn from these names, which carry the units."""

    program: str
    rounds: int
    first_paint_s: float
    filled_s: float
    cpu_percent: float
    bytes_per_s: float
    rss_bytes: int
    pss_bytes: int
    key_p50_s: float | None
    key_p99_s: float | None
    keys_unanswered: int | None


def figures(program: str, starts: Sequence[Start], rest: Rest, keys: Keys | None) -> Figures:
    """Sum up one program."""
    return Figures(
        program=program,
        rounds=len(starts),
        first_paint_s=statistics.median(one.first_paint_s for one in starts),
        filled_s=statistics.median(one.filled_s for one in starts),
        cpu_percent=rest.cpu_percent,
        bytes_per_s=rest.bytes_per_s,
        rss_bytes=rest.memory.rss_bytes,
        pss_bytes=rest.memory.pss_bytes,
        key_p50_s=keys.p50_s if keys else None,
        key_p99_s=keys.p99_s if keys else None,
        keys_unanswered=keys.unanswered if keys else None,
    )
