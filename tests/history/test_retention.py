"""What is too old goes, and what is too much: detail before memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from hydra_tui.core.events import Event
from hydra_tui.history.resolution import DAY_S, EVENTS_KEEP_S, HOUR, MINUTE, RAW
from hydra_tui.history.series_key import SeriesKey
from hydra_tui.history.writer import Writer
from tests.history.files import EPOCH, UNBOUNDED, measured, query, write

ROWS = {
    "raw": "SELECT count(*) FROM raw",
    "minute": "SELECT count(*) FROM rolled WHERE step_s = 60",
    "hour": "SELECT count(*) FROM rolled WHERE step_s = 3600",
    "events": "SELECT count(*) FROM events",
}

PAGES = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"


def rows(path: Path) -> dict[str, int]:
    """How many of each kind there are."""
    return {name: query(path, sql)[0][0] for name, sql in ROWS.items()}


@pytest.mark.parametrize(
    ("age_s", "kept"),
    [
        (RAW.keep_s - 60, {"raw", "minute", "hour", "events"}),
        (RAW.keep_s + 60, {"minute", "hour", "events"}),
        (MINUTE.keep_s + 60, {"hour", "events"}),
        (EVENTS_KEEP_S + 60, {"hour"}),
        (HOUR.keep_s - DAY_S, {"hour"}),
        (HOUR.keep_s + 3600, set()),
    ],
)
def test_each_kind_is_dropped_at_its_age(tmp_path: Path, age_s: int, kept: set[str]) -> None:
    path = tmp_path / "history.db"
    writer = Writer(path)
    writer.write([measured(0, 5.0)], [Event(EPOCH, "hydra-ai", "down")], {}, EPOCH)
    writer.tidy(EPOCH + 60, UNBOUNDED)
    writer.tidy(EPOCH + age_s, UNBOUNDED)
    writer.close()
    assert {name for name, count in rows(path).items() if count} == kept


def test_values_that_waited_to_be_rolled_for_years_are_rolled_before_they_are_dropped(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    write(path, [measured(0, 5.0)], tidy_at=RAW.keep_s + DAY_S)
    assert rows(path) == {"raw": 0, "minute": 1, "hour": 1, "events": 0}


KEYS = [SeriesKey("hydra-ai", f"metric_{number}") for number in range(20)]


def filled(path: Path, minutes: int, each_s: int) -> Writer:
    """A history of twenty series, all of it rolled."""
    writer = Writer(path)
    span = 60 * minutes
    writer.write(
        [measured(at, 0.1 * at, key) for at in range(0, span, each_s) for key in KEYS], (), {}, EPOCH
    )
    writer.tidy(EPOCH + span, UNBOUNDED)
    return writer


def test_a_file_that_is_too_large_loses_its_oldest_raw_values_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    writer = filled(path, minutes=180, each_s=2)
    before, limit = rows(path), 1_500_000
    assert query(path, PAGES)[0][0] > limit
    writer.tidy(EPOCH + 180 * 60, limit)
    writer.close()
    after = rows(path)
    assert path.stat().st_size <= limit
    assert 60 * 30 * len(KEYS) <= after["raw"] < before["raw"]
    assert query(path, "SELECT max(at) FROM raw") == [((EPOCH + 180 * 60 - 2) * 1000,)]
    assert {**after, "raw": 0} == {**before, "raw": 0}


def test_the_last_hour_of_raw_values_is_spared_while_there_are_minutes_older_than_a_day(
    tmp_path: Path,
) -> None:
    path = tmp_path / "history.db"
    writer = filled(path, minutes=2 * 24 * 60, each_s=60)
    before, limit = rows(path), 2_000_000
    assert query(path, PAGES)[0][0] > limit
    writer.tidy(EPOCH + 2 * DAY_S, limit)
    writer.close()
    after = rows(path)
    assert path.stat().st_size <= limit
    assert after["raw"] == 60 * len(KEYS)
    assert 24 * 60 * len(KEYS) <= after["minute"] < before["minute"]
    assert after["hour"] == before["hour"]


def test_when_that_does_not_help_raw_values_go_then_minutes_and_hours_last(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    writer = filled(path, minutes=12 * 60, each_s=60)
    before, limit = rows(path), 400_000
    writer.tidy(EPOCH + DAY_S // 2, limit)
    writer.close()
    after = rows(path)
    assert path.stat().st_size <= limit
    assert after["raw"] == 0
    assert 0 < after["minute"] < before["minute"]
    assert after["hour"] == before["hour"]


def test_a_file_stays_within_its_size_however_long_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    writer = Writer(path)
    sizes = []
    for hour in range(100):
        start = hour * 3600
        writer.write(
            [measured(start + at, 0.5, key) for key in KEYS for at in range(0, 3600, 30)], (), {}, EPOCH
        )
        writer.tidy(EPOCH + start + 3600, 400_000)
        sizes.append(query(path, PAGES)[0][0])
    writer.close()
    assert max(sizes) <= 400_000
    assert sizes[-1] > 200_000


def test_what_is_not_rolled_yet_is_never_dropped(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    writer = Writer(path)
    keys = [SeriesKey("hydra-ai", f"metric_{number}") for number in range(200)]
    writer.write([measured(at, 0.1, key) for at in range(0, 58, 2) for key in keys], (), {}, EPOCH)
    writer.tidy(EPOCH + 58, 64_000)
    writer.close()
    assert rows(path)["raw"] == 29 * 200
