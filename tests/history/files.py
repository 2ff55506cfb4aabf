"""Histories made by hand, and a look into them past the reader."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from hydra_tui.history.reader import History, Point, opened
from hydra_tui.history.series_key import Measure, SeriesKey
from hydra_tui.history.writer import Writer

EPOCH = 1_790_000_040
"""A whole minute; whole hours lie 840 s before and 2760 s after it."""

CPU = SeriesKey("hydra-ai", "cpu_percent")
UTILISATION = SeriesKey("hydra-ai", "utilisation_percent", "gpu 0")
MIB = 1 << 20
UNBOUNDED = 1 << 40


def measured(at: float, value: float, key: SeriesKey = CPU) -> Measure:
    """A value read so many seconds after `EPOCH`."""
    return Measure(key, round((EPOCH + at) * 1000), value)


def write(path: Path, measures: Iterable[Measure], tidy_at: float | None = None) -> None:
    """One batch; then the house is tidied so many seconds after `EPOCH`."""
    writer = Writer(path)
    writer.write(measures, (), {}, EPOCH)
    if tidy_at is not None:
        writer.tidy(EPOCH + tidy_at, UNBOUNDED)
    writer.close()


def query(path: Path, sql: str) -> list[tuple[Any, ...]]:
    """What the file itself says."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def read(path: Path, since: float, until: float, points: int, key: SeriesKey = CPU) -> list[Point]:
    """The points of a span in seconds after `EPOCH`, their times too."""
    with opened(path) as history:
        return asked(history, since, until, points, key)


def asked(history: History, since: float, until: float, points: int, key: SeriesKey = CPU) -> list[Point]:
    """The same of an open history."""
    found = history.read(key, EPOCH + since, EPOCH + until, points)
    return [Point(round(each.at - EPOCH, 3), *each[1:]) for each in found]


def losses(path: Path) -> dict[str, int]:
    """What could not be kept, by reason."""
    with opened(path) as history:
        return dict(history.losses())
