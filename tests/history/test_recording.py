"""Batches reach the file, or are counted with the reason; one console records, whoever else is open."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from hydra_tui.core.events import Event
from hydra_tui.core.host import HostSample
from hydra_tui.core.readings import Reading
from hydra_tui.core.state import State
from hydra_tui.history import database, series_ids
from hydra_tui.history.losses import QUEUE_FULL, TOO_MANY_SERIES, Losses
from hydra_tui.history.reader import opened
from hydra_tui.history.recording import TIDY_EVERY_S, Entry, Recording
from tests.history.files import CPU, EPOCH, UNBOUNDED, losses, query, read


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "history.db"


@contextmanager
def recording(path: Path, lost: Losses | None = None) -> Iterator[Recording]:
    made = Recording(path, UNBOUNDED, lost or Losses())
    try:
        yield made
    finally:
        made.close()


def batch(at: float, value: float = 50.0, size: int = 1) -> list[Entry]:
    """Readings of a node, a millisecond apart."""
    moments = [EPOCH + at + place / 1000 for place in range(size)]
    return [
        (Reading("hydra-ai", moment, State.UP, found=HostSample(moment, cpu_percent=value)), ())
        for moment in moments
    ]


def means(path: Path) -> list[float]:
    """Every value of the CPU, oldest first."""
    return [point.mean for point in read(path, 0, 1000, 1000)]


def test_readings_and_their_news_are_kept(path: Path) -> None:
    news = Event(EPOCH + 1, "hydra-ai", "down", "no answer", State.DOWN)
    failed: Entry = (Reading("hydra-ai", EPOCH + 1, State.DOWN, "no answer"), [news])
    with recording(path) as made:
        made.keep([*batch(0, 12.5), failed], EPOCH + 1)
    with opened(path) as history:
        assert [mean for _, _, mean, _ in history.read(CPU, EPOCH, EPOCH + 10, 10)] == [12.5]
        up = history.read(CPU._replace(metric="up"), EPOCH, EPOCH + 10, 1)
        assert [each.mean for each in up] == [0.5]
        assert history.events("hydra-ai", EPOCH, EPOCH + 10) == [news]


def test_what_is_over_is_rolled_each_minute(path: Path) -> None:
    rolled = "SELECT DISTINCT readings FROM rolled WHERE step_s = 60"
    with recording(path) as made:
        made.keep(batch(0), EPOCH)
        made.keep(batch(2), EPOCH + TIDY_EVERY_S - 1)
        assert query(path, rolled) == []
        made.keep(batch(TIDY_EVERY_S), EPOCH + TIDY_EVERY_S)
        assert query(path, rolled) == [(2,)]


def test_a_clock_that_is_put_back_stops_neither_recording_nor_rolling(path: Path) -> None:
    with recording(path) as made:
        made.keep(batch(600, 1.0), EPOCH + 600)
        made.keep(batch(0, 2.0), EPOCH)
        made.keep(batch(61, 3.0), EPOCH + 61)
        made.keep(batch(122, 4.0), EPOCH + 122)
    assert means(path) == [2.0, 3.0, 4.0, 1.0]
    assert query(path, "SELECT sum(readings) FROM rolled WHERE step_s = 60") == [(6,)]


def test_of_two_consoles_the_first_records_and_the_other_takes_over_when_it_ends(path: Path) -> None:
    lost = Losses()
    with recording(path, lost) as second:
        with recording(path) as first:
            first.keep(batch(0, 1.0), EPOCH)
            second.keep(batch(1, 2.0), EPOCH)
            assert means(path) == [1.0]
        second.keep(batch(2, 3.0), EPOCH)
        assert means(path) == [1.0, 3.0]
    assert lost.take() == {}


def test_a_locked_file_costs_the_batch_which_is_counted_and_told_later(
    path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(database, "BUSY_S", 0.01)
    with recording(path) as made, closing(sqlite3.connect(path, isolation_level=None)) as other:
        made.keep(batch(0, 1.0), EPOCH)
        other.execute("BEGIN IMMEDIATE")
        made.keep(batch(1, 2.0, size=3), EPOCH + 1)
        made.keep(batch(2, 2.0, size=2), EPOCH + 2)
        other.execute("ROLLBACK")
        made.keep(batch(3, 4.0), EPOCH + 3)
    assert means(path) == [1.0, 4.0]
    assert losses(path) == {f"{path} is locked by another program": 5}
    assert [record.levelno for record in caplog.records] == [logging.WARNING]


def test_losses_of_a_reason_add_up(path: Path) -> None:
    lost = Losses()
    with recording(path, lost) as made:
        for count in (2, 3):
            lost.add(QUEUE_FULL, count)
            made.keep(batch(0), EPOCH)
    assert losses(path) == {QUEUE_FULL: 5}


def test_a_full_disk_costs_batches_until_there_is_room_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with recording(path) as made:
        made.keep(batch(0, 1.0), EPOCH)
    normal = database._FOR_WRITING
    monkeypatch.setattr(database, "_FOR_WRITING", (*normal, "PRAGMA max_page_count = 14"))
    with recording(path) as made:
        made.keep(batch(1, 2.0, size=2000), EPOCH)
        monkeypatch.setattr(database, "_FOR_WRITING", normal)
        made.keep(batch(5, 3.0), EPOCH)
    assert means(path) == [1.0, 3.0]
    assert losses(path) == {f"{path} cannot grow: its disk is full": 2000}
    assert query(path, "PRAGMA integrity_check") == [("ok",)]


@pytest.mark.parametrize("all_of_it", [True, False])
def test_a_file_that_is_removed_is_begun_anew(path: Path, all_of_it: bool) -> None:
    with recording(path) as made:
        made.keep(batch(0, 1.0), EPOCH)
        for file in path.parent.glob("history.db-*") if all_of_it else ():
            file.unlink()
        path.unlink()
        made.keep(batch(1, 2.0), EPOCH)
        made.keep(batch(2, 3.0), EPOCH)
    assert means(path) == [2.0, 3.0]
    assert losses(path) == {}
    assert query(path, "PRAGMA integrity_check") == [("ok",)]


def test_a_damaged_file_is_left_as_it_is_and_the_reason_told(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    content = b"this was a history once " * 1000
    path.write_bytes(content)
    lost = Losses()
    with recording(path, lost) as made:
        made.keep(batch(0, size=4), EPOCH)
    assert path.read_bytes() == content
    assert lost.take() == {f"{path} is not a history: move it away, and a new one is begun": 4}
    assert "move it away" in caplog.text


def test_a_place_that_is_no_folder_is_a_loss_and_no_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    lost = Losses()
    with recording(tmp_path / "file" / "history.db", lost) as made:
        made.keep(batch(0), EPOCH)
    ((reason, count),) = lost.take().items()
    assert count == 1
    assert "cannot be used" in reason


def test_names_without_end_fill_no_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(series_ids, "MOST_SERIES", 4)
    many = [(Reading(f"node-{number}", EPOCH, State.UP), ()) for number in range(10)]
    with recording(path) as made:
        made.keep(many, EPOCH)
        made.keep(batch(1), EPOCH)
    assert query(path, "SELECT count(*) FROM series") == [(4,)]
    assert losses(path) == {TOO_MANY_SERIES: 6}


def test_series_that_a_failed_batch_brought_are_given_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_S", 0.01)
    with recording(path) as made:
        made.keep([(Reading("ollama", EPOCH, State.UP), ())], EPOCH)
        bad = Event(EPOCH, "hydra-ai", "down", detail=object())  # type: ignore[arg-type]
        made.keep([(*batch(0)[0][:1], [bad])], EPOCH)
        made.keep([(Reading("litellm", EPOCH, State.UP), ())], EPOCH)
        made.keep(batch(1, 7.0), EPOCH)
    assert means(path) == [7.0]
    assert query(path, "SELECT DISTINCT subject FROM series JOIN raw ON series = id ORDER BY id") == [
        ("ollama",),
        ("litellm",),
        ("hydra-ai",),
    ]
