"""Raw values into minutes and hours, each exactly once."""

from __future__ import annotations

import sqlite3

from hydra_tui.history.resolution import ROLLED

_ROLL = """
INSERT INTO rolled (step_s, at, series, least, most, total, readings)
SELECT :step_s, at / (1000 * :step_s) * (1000 * :step_s), series, min(value), max(value), sum(value), count(*)
FROM raw
WHERE at >= :since AND at < :until AND (:series IS NULL OR series = :series)
GROUP BY 2, 3
ON CONFLICT (step_s, at, series) DO UPDATE SET
    least = min(least, excluded.least),
    most = max(most, excluded.most),
    total = total + excluded.total,
    readings = readings + excluded.readings
"""


def rolled_until(connection: sqlite3.Connection) -> int:
    """The moment, in milliseconds, before which every raw value is rolled."""
    (at,) = connection.execute("SELECT at FROM rolled_until").fetchone()
    return int(at)


def roll(connection: sqlite3.Connection, until_ms: int) -> None:
    """Roll what came since the last time, up to a moment. Inside a transaction."""
    since = rolled_until(connection)
    if until_ms > since:
        _roll(connection, since, until_ms, None)
        connection.execute("UPDATE rolled_until SET at = ?", (until_ms,))


def roll_late(connection: sqlite3.Connection, at_ms: int, series: int) -> None:
    """Roll one value that came when its time was already rolled: a clock was put back. In a transaction."""
    _roll(connection, at_ms, at_ms + 1, series)


def _roll(connection: sqlite3.Connection, since: int, until: int, series: int | None) -> None:
    for resolution in ROLLED:
        bounds = {"step_s": resolution.step_s, "since": since, "until": until, "series": series}
        connection.execute(_ROLL, bounds)
