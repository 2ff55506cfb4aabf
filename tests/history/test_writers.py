"""Writers that are killed, and writers that meet: what was committed is there, once."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from threading import Thread

import pytest

from hydra_tui.history.series_key import SeriesKey
from hydra_tui.history.sole_writer import SoleWriter
from hydra_tui.history.writer import Writer
from tests.history.files import EPOCH, UNBOUNDED, measured, query

SERIES = 20
WRITE_ON = """
import sys
from pathlib import Path
from hydra_tui.history.series_key import Measure, SeriesKey
from hydra_tui.history.writer import Writer

writer = Writer(Path(sys.argv[1]))
for batch in range(1_000_000):
    at = {epoch} + 2 * batch
    values = [Measure(SeriesKey("hydra-ai", f"metric_{{n}}"), at * 1000, float(n)) for n in range({series})]
    writer.write(values, (), {{}}, at)
    writer.tidy(at, 1 << 40)
    print(batch, flush=True)
"""
HOLD = """
import sys
from pathlib import Path
from hydra_tui.history.sole_writer import SoleWriter

print(SoleWriter(Path(sys.argv[1])).claim(), flush=True)
sys.stdin.read()
"""


def started(program: str, path: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", program, str(path)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def killed_after(path: Path, batches: int) -> int:
    """How many batches a writer had surely written when it was killed outright."""
    with started(WRITE_ON.format(epoch=EPOCH, series=SERIES), path) as writer:
        assert writer.stdout is not None
        seen = -1
        while seen < batches:
            seen = int(writer.stdout.readline())
        writer.send_signal(signal.SIGKILL)
        rest = writer.stdout.read().split()
    return int(rest[-1]) + 1 if rest else seen + 1


@pytest.mark.parametrize("batches", [0, 1, 150])
def test_a_killed_writer_loses_nothing_that_it_committed_and_leaves_a_sound_file(
    tmp_path: Path, batches: int
) -> None:
    path = tmp_path / "history.db"
    written = killed_after(path, batches)
    assert query(path, "PRAGMA integrity_check") == [("ok",)]
    ((rows, ends),) = query(path, "SELECT count(*), count(DISTINCT at) FROM raw")
    assert rows == ends * SERIES
    assert written <= ends <= written + 1


def test_the_next_writer_goes_on_where_a_killed_one_ended(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    killed_after(path, 100)
    writer = Writer(path)
    writer.tidy(EPOCH + 10_000, UNBOUNDED)
    writer.close()
    ((rolled,),) = query(path, "SELECT sum(readings) FROM rolled WHERE step_s = 3600")
    ((minutes,),) = query(path, "SELECT sum(readings) FROM rolled WHERE step_s = 60")
    assert rolled == minutes
    assert rolled >= 100 * SERIES


def test_two_writers_on_one_file_lose_and_double_nothing(tmp_path: Path) -> None:
    """As on a file system whose locks do not reach from machine to machine."""
    path = tmp_path / "history.db"
    Writer(path).close()

    def write(name: str) -> None:
        writer = Writer(path)
        for batch in range(100):
            at = 3 * batch
            keys = [SeriesKey(name, f"metric_{number}") for number in range(5)]
            writer.write([measured(at, 1.0, key) for key in keys], (), {}, EPOCH)
            writer.tidy(EPOCH + at, UNBOUNDED)
        writer.tidy(EPOCH + 400, UNBOUNDED)
        writer.close()

    threads = [Thread(target=write, args=(name,)) for name in ("one", "other")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert query(path, "PRAGMA integrity_check") == [("ok",)]
    assert query(path, "SELECT count(*) FROM raw") == [(1000,)]
    assert query(path, "SELECT step_s, sum(readings), sum(total) FROM rolled GROUP BY step_s") == [
        (60, 1000, 1000.0),
        (3600, 1000, 1000.0),
    ]


def claims(*claimants: SoleWriter) -> Sequence[bool]:
    return [each.claim() for each in claimants]


def test_one_writer_is_the_only_one_until_it_lets_go(tmp_path: Path) -> None:
    one, other = SoleWriter(tmp_path / "history.db"), SoleWriter(tmp_path / "history.db")
    assert claims(one, other, one) == [True, False, True]
    one.release()
    assert claims(other, one) == [True, False]
    other.release()


def test_the_claim_of_a_killed_process_is_free_at_once(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    mine = SoleWriter(path)
    with started(HOLD, path) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "True\n"
        assert not mine.claim()
        holder.send_signal(signal.SIGKILL)
    assert mine.claim()
    mine.release()
