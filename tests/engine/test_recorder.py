"""The recorder beside the engine: it never makes a reading wait, and it tells what it lost."""

from __future__ import annotations

import logging
from pathlib import Path
from queue import Queue

import pytest

from hydra_tui.core.readings import Reading
from hydra_tui.core.state import State
from hydra_tui.engine import recorder as recorders
from hydra_tui.engine.recorder import Recorder
from hydra_tui.history.losses import OUR_FAULT, QUEUE_FULL
from hydra_tui.history.reader import opened
from hydra_tui.history.recording import Recording
from hydra_tui.history.series_key import SeriesKey

NOW = 1_790_000_000.0
UP = SeriesKey("ollama", "up")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "history.db"


def recorder(path: Path) -> Recorder:
    return Recorder(path, 1 << 30, lambda: NOW)


def record(target: Recorder, seconds: range) -> None:
    for second in seconds:
        target.record(Reading("ollama", NOW + second, State.UP), ())


def recorded(path: Path) -> list[float]:
    with opened(path) as history:
        return [point.at - NOW for point in history.read(UP, NOW, NOW + 100, 100)]


def losses(path: Path) -> dict[str, int]:
    with opened(path) as history:
        return dict(history.losses())


def test_what_is_recorded_before_the_end_is_written(path: Path) -> None:
    made = recorder(path)
    made.start()
    record(made, range(3))
    made.close()
    assert recorded(path) == [0, 1, 2]
    assert losses(path) == {}


def test_a_recorder_that_has_nothing_to_write_makes_no_file(path: Path) -> None:
    made = recorder(path)
    made.start()
    made.close()
    assert not path.exists()


def test_readings_that_find_no_room_are_counted_and_wait_for_nobody(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorders, "MOST_WAITING", 4)
    made = recorder(path)
    record(made, range(10))
    made.start()
    made.close()
    assert recorded(path) == [0, 1, 2, 3]
    assert losses(path) == {QUEUE_FULL: 6}


def test_a_batch_ends_after_its_time_and_the_next_one_begins(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batches: Queue[int] = Queue()
    monkeypatch.setattr(Recording, "keep", lambda self, batch, now: batches.put(len(batch)))
    monkeypatch.setattr(recorders, "BATCH_S", 0.1)
    made = recorder(path)
    record(made, range(3))
    made.start()
    assert batches.get(timeout=10) == 3
    record(made, range(3, 5))
    made.close()
    assert batches.get(timeout=10) == 2


def test_a_fault_of_ours_costs_one_batch_and_is_told(
    path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    keep = Recording.keep
    faults = iter([True])

    def faulty(self: Recording, batch: list[tuple[Reading, tuple[()]]], now: float) -> None:
        if next(faults, False):
            raise ZeroDivisionError
        keep(self, batch, now)

    monkeypatch.setattr(Recording, "keep", faulty)
    monkeypatch.setattr(recorders, "MOST_WAITING", 2)
    made = recorder(path)
    record(made, range(2))
    made.start()
    while not caplog.records:
        made._thread.join(0.01)
    record(made, range(5, 6))
    made.close()
    assert recorded(path) == [5]
    assert losses(path) == {OUR_FAULT: 2}
    assert [(record.levelno, record.getMessage()) for record in caplog.records] == [
        (logging.ERROR, "recording 2 readings")
    ]
