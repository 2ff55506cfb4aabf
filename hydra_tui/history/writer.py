"""The one connection that writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from os.path import samestat
from pathlib import Path

from hydra_tui.core.events import Event
from hydra_tui.history.database import open_for_writing
from hydra_tui.history.faults import in_words
from hydra_tui.history.retention import drop_old, shrink
from hydra_tui.history.rolling import roll, roll_late, rolled_until
from hydra_tui.history.series_ids import SeriesIds
from hydra_tui.history.series_key import Measure
from hydra_tui.history.transaction import transaction

Row = tuple[int, int, float]
"""When in milliseconds, which series, what."""

_INSERT = "INSERT INTO raw (at, series, value) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
"""Of two values of one series in one millisecond the first is kept."""


class Writer:
    """Writes batches, each whole or not at all. Lives in one thread; every method raises `HistoryError`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with in_words(path):
            self._connection = open_for_writing(path)
            self._ids = SeriesIds(self._connection)
            self._file = path.stat()

    def write(
        self, measures: Iterable[Measure], events: Iterable[Event], lost: Mapping[str, int], now: float
    ) -> int:
        """Keep values and events, and count what was `lost` by reason. How many values had no room.

        After an error the writer is to be closed.
        """
        with in_words(self._path), transaction(self._connection):
            rows, refused = self._numbered(measures)
            self._keep(rows)
            self._keep_events(events)
            self._count(lost, now)
        return refused

    def tidy(self, now: float, size_bytes: int) -> None:
        """Roll every minute that is over, and drop what is too old or too much."""
        with in_words(self._path):
            with transaction(self._connection):
                roll(self._connection, int(now) // 60 * 60_000)
                drop_old(self._connection, now)
            shrink(self._connection, size_bytes)

    def is_astray(self) -> bool:
        """Whether the file is no longer at its place: SQLite would write on into what nobody can read."""
        try:
            return not samestat(self._file, self._path.stat())
        except OSError:
            return True

    def close(self) -> None:
        """Let go of the file; never raises."""
        self._connection.close()

    def _numbered(self, measures: Iterable[Measure]) -> tuple[list[Row], int]:
        found = [(each.at_ms, self._ids.of(each.key), each.value) for each in measures]
        rows = [(at, series, value) for at, series, value in found if series is not None]
        return rows, len(found) - len(rows)

    def _keep(self, rows: Sequence[Row]) -> None:
        until = rolled_until(self._connection)
        self._connection.executemany(_INSERT, [row for row in rows if row[0] >= until])
        for row in rows:
            if row[0] < until:
                self._keep_late(row)

    def _keep_late(self, row: Row) -> None:
        if self._connection.execute(_INSERT, row).rowcount == 1:
            roll_late(self._connection, row[0], row[1])

    def _keep_events(self, events: Iterable[Event]) -> None:
        self._connection.executemany(
            "INSERT INTO events (at, subject, what, detail, state) VALUES (?, ?, ?, ?, ?)",
            [(round(each.at * 1000), each.subject, each.what, each.detail, each.state) for each in events],
        )

    def _count(self, lost: Mapping[str, int], now: float) -> None:
        self._connection.executemany(
            "INSERT INTO losses (reason, readings, last_at) VALUES (?, ?, ?)"
            " ON CONFLICT (reason) DO UPDATE SET"
            " readings = readings + excluded.readings, last_at = excluded.last_at",
            [(reason, count, round(now * 1000)) for reason, count in lost.items()],
        )
