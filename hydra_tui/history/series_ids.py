"""Small numbers that stand for series in every row."""

from __future__ import annotations

import sqlite3

from hydra_tui.history.series_key import SeriesKey

MOST_SERIES = 20_000
"""In one file. Names of disks come from other machines, and must not fill ours."""


class SeriesIds:
    """The ids of a file's series; new ones are given inside the caller's transaction.

    Of no more use after a transaction that failed: an id it gave may belong to another by then.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        rows = connection.execute("SELECT subject, metric, part, id FROM series")
        self._known = {SeriesKey(*key): int(number) for *key, number in rows}

    def of(self, key: SeriesKey) -> int | None:
        """Its id; `None` when there are too many series already."""
        found = self._known.get(key)
        if found is None and len(self._known) < MOST_SERIES:
            found = self._known[key] = self._give(key)
        return found

    def _give(self, key: SeriesKey) -> int:
        self._connection.execute(
            "INSERT INTO series (subject, metric, part) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", key
        )
        where = "SELECT id FROM series WHERE subject = ? AND metric = ? AND part = ?"
        (number,) = self._connection.execute(where, key).fetchone()
        return int(number)
