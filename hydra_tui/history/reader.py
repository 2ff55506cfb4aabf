"""The history as it is asked: one moment of the file, whoever writes on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from hydra_tui.core.events import Event
from hydra_tui.core.state import State
from hydra_tui.history.choice import chosen
from hydra_tui.history.database import opened_for_reading
from hydra_tui.history.resolution import RAW, Resolution
from hydra_tui.history.series_key import SeriesKey

MOST_EVENTS = 1000


class Point(NamedTuple):
    """A stretch of time in which something was read."""

    at: float
    """Its beginning: seconds since the epoch."""
    least: float
    mean: float
    """Of all readings in it."""
    most: float


_RAW_VALUES = """
SELECT at, value AS least, value AS most, value AS total, 1 AS readings
FROM raw WHERE at >= :first AND at < :until AND series = :series
"""

_ROLLED_VALUES = """
SELECT rolled.at, least, most, total, readings FROM (
    WITH RECURSIVE moment (at) AS (
        SELECT :first UNION ALL SELECT at + :step FROM moment WHERE at + :step < :until
    ) SELECT at FROM moment
) AS moment CROSS JOIN rolled
    ON rolled.step_s = :step / 1000 AND rolled.at = moment.at AND rolled.series = :series
UNION ALL
SELECT at, value, value, value, 1
FROM raw WHERE at >= max(:first, (SELECT at FROM rolled_until)) AND at < :until AND series = :series
"""
"""Rows lie in the order of time: each moment is looked up, and the rows of other series are skipped.
What is not rolled yet comes from the raw values."""

_POINTS = """
SELECT max(0, at - :since) * :points / (:until - :since) AS place,
    min(least), sum(total) / sum(readings), max(most)
FROM ({values}) GROUP BY place ORDER BY place
"""

_BY_RESOLUTION = {True: _POINTS.format(values=_RAW_VALUES), False: _POINTS.format(values=_ROLLED_VALUES)}
"""Whether the values are raw."""


class History:
    """Answers about one moment; see `opened`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def keys(self) -> list[SeriesKey]:
        """Every series there ever was."""
        rows = self._connection.execute("SELECT subject, metric, part FROM series ORDER BY subject, part, id")
        return [SeriesKey(*row) for row in rows]

    def read(self, series: SeriesKey, since: float, until: float, points: int) -> list[Point]:
        """At most so many points between two moments, oldest first; a stretch without readings has none.

        They come from raw values, minutes or hours, whichever is coarse enough and reaches back so far.
        """
        number = self._connection.execute(
            "SELECT id FROM series WHERE subject = ? AND metric = ? AND part = ?", series
        ).fetchone()
        if number is None or until <= since:
            return []
        start, end = round(since * 1000), round(until * 1000)
        resolution = chosen(self._connection, start, end, points)
        step = 1000 * resolution.step_s
        bounds = {"since": start, "until": end, "points": points, "series": number[0], "step": step}
        first = self._first(resolution, start)
        rows = self._connection.execute(_BY_RESOLUTION[resolution is RAW], {**bounds, "first": first})
        return [_point(row, since, (until - since) / points) for row in rows]

    def _first(self, resolution: Resolution, start: int) -> int:
        """Where to begin: at the row that `start` lies in, or at the oldest there is."""
        if resolution is RAW:
            return start
        step = 1000 * resolution.step_s
        query = "SELECT min(at) FROM rolled WHERE step_s = ?"
        (oldest,) = self._connection.execute(query, (resolution.step_s,)).fetchone()
        return max(start // step * step, int(oldest or 0))

    def recent(self, since: float, until: float) -> Iterator[tuple[SeriesKey, float, float]]:
        """Every value of every series between two moments, as it was read: key, time, value."""
        rows = self._connection.execute(
            "SELECT subject, metric, part, at, value FROM raw JOIN series ON series.id = raw.series"
            " WHERE at >= ? AND at < ? ORDER BY at",
            (round(since * 1000), round(until * 1000)),
        )
        return ((SeriesKey(*key), at / 1000, value) for *key, at, value in rows)

    def events(self, subject: str, since: float, until: float) -> list[Event]:
        """What happened to a node or service between two moments: the newest, oldest first."""
        rows = self._connection.execute(
            "SELECT at, subject, what, detail, state FROM events"
            " WHERE at >= ? AND at < ? AND subject = ? ORDER BY at DESC, rowid DESC LIMIT ?",
            (round(since * 1000), round(until * 1000), subject, MOST_EVENTS),
        ).fetchall()
        return [
            Event(at / 1000, about, what, detail, State(state))
            for at, about, what, detail, state in reversed(rows)
        ]

    def losses(self) -> Mapping[str, int]:
        """How many readings could not be kept, by reason, since the file was begun."""
        rows = self._connection.execute("SELECT reason, readings FROM losses ORDER BY last_at")
        return dict(rows.fetchall())


def _point(row: tuple[int, float, float, float], since: float, width: float) -> Point:
    place, least, mean, most = row
    # The sum of floats may be off by its last bits: a mean is never outside of what was read.
    return Point(since + place * width, least, min(max(mean, least), most), most)


@contextmanager
def opened(path: Path) -> Iterator[History]:
    """The history in a file. Raises `HistoryError`: there is none, or it cannot be read."""
    with opened_for_reading(path) as connection:
        yield History(connection)
