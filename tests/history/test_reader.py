"""Reading back: the right resolution, the right stretches, and nothing that is not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from hydra_tui.core.errors import HistoryError
from hydra_tui.core.events import Event
from hydra_tui.core.state import State
from hydra_tui.history.choice import chosen
from hydra_tui.history.database import opened_for_reading
from hydra_tui.history.reader import Point, opened
from hydra_tui.history.resolution import HOUR, HOUR_S, MINUTE, RAW, Resolution
from hydra_tui.history.series_key import Measure, SeriesKey
from hydra_tui.history.writer import Writer
from tests.history.files import CPU, EPOCH, UNBOUNDED, UTILISATION, measured, read, write


def a_day(path: Path) -> None:
    """A value each 100 s for 26 hours, the share of the day as its value; raw values of half of it."""
    write(path, [measured(at, at / 3600) for at in range(0, 26 * HOUR_S, 100)], tidy_at=26 * HOUR_S)


@pytest.mark.parametrize(
    ("hours", "points", "resolution"),
    [
        (1, 60, MINUTE),
        (1, 61, RAW),
        (11.9, 1000, RAW),
        (25, 100, MINUTE),
        (25, 20, HOUR),
        (25, 5000, MINUTE),
    ],
)
def test_the_coarsest_that_is_fine_enough_answers_and_a_coarser_one_where_only_it_reaches_back(
    tmp_path: Path, hours: float, points: int, resolution: Resolution
) -> None:
    a_day(tmp_path / "history.db")
    end = (EPOCH + 26 * HOUR_S) * 1000
    with opened_for_reading(tmp_path / "history.db") as connection:
        assert chosen(connection, end - round(hours * HOUR_S * 1000), end, points) == resolution


@pytest.mark.parametrize(("points", "resolution"), [(61, RAW), (60, MINUTE), (1, HOUR)])
def test_a_young_history_is_not_answered_coarser_than_it_is_asked(
    tmp_path: Path, points: int, resolution: Resolution
) -> None:
    path = tmp_path / "history.db"
    write(path, [measured(at, 1.0) for at in range(30, 300, 2)], tidy_at=300)
    with opened_for_reading(path) as connection:
        assert chosen(connection, (EPOCH - 3300) * 1000, (EPOCH + 300) * 1000, points) == resolution


def test_points_hold_least_mean_and_most_of_their_stretch(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    write(path, [measured(0, 1.0), measured(5, 2.0), measured(9.999, 6.0), measured(30, 8.0)])
    assert read(path, 0, 40, 4) == [Point(0, 1, 3, 6), Point(30, 8, 8, 8)]


@pytest.mark.parametrize(("points", "width"), [(26, HOUR_S), (13, 2 * HOUR_S), (130, 720)])
def test_rolled_values_are_where_they_were(tmp_path: Path, points: int, width: int) -> None:
    path = tmp_path / "history.db"
    a_day(path)
    found = read(path, 0, 26 * HOUR_S, points)
    assert [point.at for point in found] == [width * place for place in range(points)]
    for point in found:
        # An hour of the clock begins 840 s before ours.
        assert point.at - 3600 <= 3600 * point.least <= 3600 * point.most <= point.at + width + 3600


@pytest.mark.parametrize("points", [1, 5])
def test_what_is_not_rolled_yet_is_read_with_what_is(tmp_path: Path, points: int) -> None:
    path = tmp_path / "history.db"
    write(path, [measured(at, 10.0) for at in (0, 60, 120, 180)], tidy_at=180)
    write(path, [measured(240, 99.0)])
    found = read(path, 0, 300, points)
    assert found[-1].most == 99.0
    assert found[0].least == 10.0
    assert sum(point.mean for point in found) == pytest.approx(27.8 if points == 1 else 139.0)


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [(0, 10, 1), (0, 0, 0), (10, 0, 0), (1, 10, 0), (-5, 0, 0), (-5, 0.001, 1)],
)
def test_the_beginning_belongs_to_a_span_and_the_end_does_not(
    tmp_path: Path, since: float, until: float, found: int
) -> None:
    path = tmp_path / "history.db"
    write(path, [measured(0, 1.0)])
    assert len(read(path, since, until, 10)) == found


def test_series_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    other = SeriesKey("hydra-compute", "cpu_percent")
    write(path, [measured(0, 1.0), measured(0, 2.0, UTILISATION), measured(0, 3.0, other)], tidy_at=60)
    assert [read(path, 0, 60, 1, key)[0].mean for key in (CPU, UTILISATION, other)] == [1, 2, 3]
    assert read(path, 0, 60, 1, SeriesKey("hydra-ai", "power_w", "gpu 0")) == []
    with opened(path) as history:
        assert history.keys() == [CPU, UTILISATION, other]


def test_a_mean_is_never_outside_of_what_was_read(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    write(path, [measured(at, 0.1) for at in range(3)])
    assert read(path, 0, 10, 1) == [Point(0, 0.1, 0.1, 0.1)]


def test_events_come_oldest_first_and_of_their_subject_alone(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    events = [
        Event(EPOCH + 1.5, "ollama", "down", "refused", State.DOWN),
        Event(EPOCH + 2, "litellm", "down", "refused", State.DOWN),
        Event(EPOCH + 9, "ollama", "up", "after 8 s down", State.UP),
        Event(EPOCH + 9, "ollama", "loaded", "qwen"),
    ]
    writer = Writer(path)
    writer.write((), events, {}, EPOCH)
    writer.close()
    with opened(path) as history:
        assert history.events("ollama", EPOCH, EPOCH + 10) == [events[0], *events[2:]]
        assert history.events("ollama", EPOCH + 2, EPOCH + 9) == []


def test_recent_values_come_as_they_were_read(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    write(path, [measured(-1, 0.0), measured(1, 2.0), measured(0, 1.0), measured(1, 9.0, UTILISATION)])
    with opened(path) as history:
        found = list(history.recent(EPOCH, EPOCH + 2))
    assert found == [(CPU, EPOCH, 1.0), (CPU, EPOCH + 1, 2.0), (UTILISATION, EPOCH + 1, 9.0)]


def test_a_reader_sees_one_moment_while_a_writer_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    writer = Writer(path)
    writer.write([measured(0, 1.0)], (), {}, EPOCH)
    with opened(path) as history:
        assert len(history.keys()) == 1
        writer.write([Measure(UTILISATION, EPOCH * 1000, 2.0)], (), {}, EPOCH)
        writer.tidy(EPOCH + 60, UNBOUNDED)
        assert len(history.keys()) == 1
    with opened(path) as history:
        assert len(history.keys()) == 2
    writer.close()


def test_where_nothing_was_recorded_the_reader_says_who_records(tmp_path: Path) -> None:
    with pytest.raises(HistoryError, match="the console writes it"), opened(tmp_path / "none.db"):
        pytest.fail("there is nothing to read")


@pytest.mark.parametrize("content", [b"", b"not a database at all, but text of some length" * 50])
def test_what_is_no_history_is_not_read(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "history.db"
    path.write_bytes(content)
    with pytest.raises(HistoryError, match=r"history\.db is (not a history|of an older)"), opened(path):
        pytest.fail("there is nothing to read")
