"""Which resolution answers a question best."""

from __future__ import annotations

import sqlite3

from hydra_tui.history.resolution import FINEST_FIRST, RAW, Resolution


def chosen(connection: sqlite3.Connection, since_ms: int, until_ms: int, points: int) -> Resolution:
    """The coarsest that still has a value a point, unless only a coarser one reaches back so far."""
    step_s = (until_ms - since_ms) / points / 1000
    at = max(place for place, each in enumerate(FINEST_FIRST) if each.step_s <= step_s)
    best, oldest = FINEST_FIRST[at], _oldest_end(connection, FINEST_FIRST[at])
    for coarser in FINEST_FIRST[at + 1 :]:
        ends = _oldest_end(connection, coarser)
        if ends is not None and (oldest is None or max(ends, since_ms) < oldest):
            best, oldest = coarser, ends
    return best


def _oldest_end(connection: sqlite3.Connection, resolution: Resolution) -> int | None:
    """When its oldest row ends, in milliseconds: a row that merely begins earlier knows no more."""
    query = "SELECT min(at) FROM rolled WHERE step_s = ?"
    values: tuple[int, ...] = (resolution.step_s,)
    if resolution is RAW:
        query, values = "SELECT min(at) FROM raw", ()
    (oldest,) = connection.execute(query, values).fetchone()
    return None if oldest is None else int(oldest) + 1000 * resolution.step_s
