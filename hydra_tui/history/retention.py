"""What is dropped: by age, and when the file is too large the finest and oldest first.

The newest of each kind is spared while anything else is left, so that a small file still has detail
for the last hour, minutes for the last day and hours for the last month.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from hydra_tui.history.pages import file_bytes, used_bytes
from hydra_tui.history.resolution import DAY_S, EVENTS_KEEP_S, HOUR, HOUR_S, MINUTE, RAW, Resolution
from hydra_tui.history.rolling import rolled_until
from hydra_tui.history.transaction import transaction

FILL_TO = 0.8
"""Of the size allowed: so much is left after shrinking, so that it is not needed again at once."""

SHARE = 8
"""One of so many parts of a kind's time goes at once; then it is measured again."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """Rows that age together."""

    keep_s: int
    span: str
    """Selects the oldest and the newest moment, NULL when there is none. One query for both would read
    every row: SQLite finds an end by index only where it is asked for nothing else.
    """
    drop: str
    """Deletes what is older than `:before`."""
    spare_s: int
    """The newest so many seconds go only when all the rest of every kind is gone."""
    step_s: int = 0
    """Bound in both, for those that share a table."""


_RAW = _Kind(
    RAW.keep_s,
    "SELECT (SELECT min(at) FROM raw), (SELECT max(at) FROM raw)",
    "DELETE FROM raw WHERE at < :before",
    spare_s=HOUR_S,
)


def _rolled(resolution: Resolution, spare_s: int) -> _Kind:
    return _Kind(
        resolution.keep_s,
        "SELECT (SELECT min(at) FROM rolled WHERE step_s = :step_s),"
        " (SELECT max(at) FROM rolled WHERE step_s = :step_s)",
        "DELETE FROM rolled WHERE step_s = :step_s AND at < :before",
        spare_s,
        resolution.step_s,
    )


_EVENTS = _Kind(
    EVENTS_KEEP_S,
    "SELECT (SELECT min(at) FROM events), (SELECT max(at) FROM events)",
    "DELETE FROM events WHERE at < :before",
    spare_s=7 * DAY_S,
)

_FINEST_FIRST = (
    _RAW,
    _rolled(MINUTE, spare_s=DAY_S),
    _EVENTS,
    _rolled(HOUR, spare_s=30 * DAY_S),
)


def drop_old(connection: sqlite3.Connection, now: float) -> None:
    """Drop what is past its age. Inside a transaction."""
    for kind in _FINEST_FIRST:
        _drop(connection, kind, round((now - kind.keep_s) * 1000))


def shrink(connection: sqlite3.Connection, size_bytes: int) -> None:
    """Drop detail, then memory, until the file is within its size. Outside of a transaction."""
    if file_bytes(connection) <= size_bytes:
        return
    for spares in (True, False):
        for kind in _FINEST_FIRST:
            spare_ms = 1000 * kind.spare_s * spares
            while used_bytes(connection) > FILL_TO * size_bytes and _drop_oldest(connection, kind, spare_ms):
                pass
    # It frees a page a step, and `execute` takes a single one of a statement without columns.
    connection.executescript("PRAGMA incremental_vacuum")


def _drop_oldest(connection: sqlite3.Connection, kind: _Kind, spare_ms: int) -> bool:
    """Whether there was anything that could be dropped."""
    oldest, newest = connection.execute(kind.span, {"step_s": kind.step_s}).fetchone()
    if oldest is None:
        return False
    before = min(oldest + 1 + (newest - oldest) // SHARE, newest + 1 - spare_ms)
    with transaction(connection):
        return _drop(connection, kind, before) > 0


def _drop(connection: sqlite3.Connection, kind: _Kind, before: int) -> int:
    if kind is _RAW:
        before = min(before, rolled_until(connection))
    return connection.execute(kind.drop, {"step_s": kind.step_s, "before": before}).rowcount
