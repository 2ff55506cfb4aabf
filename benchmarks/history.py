"""`python -m benchmarks.history`: what a day of one node costs the history, and how fast it is written."""

from __future__ import annotations

import random
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from hydra_tui.core.changes import duration
from hydra_tui.core.gpu import Gpu
from hydra_tui.core.host import Disk, HostSample
from hydra_tui.core.readings import Reading
from hydra_tui.core.state import State
from hydra_tui.history.measures import measures
from hydra_tui.history.reader import opened
from hydra_tui.history.resolution import DAY_S, HOUR_S
from hydra_tui.history.series_key import SeriesKey
from hydra_tui.history.writer import Writer

EPOCH = 1_790_000_000
INTERVAL_S = 2
TIDY_EVERY_S = 60
UNBOUNDED = 1 << 40
SPANS = (600, HOUR_S, 6 * HOUR_S, DAY_S)
POINTS = 100


def main() -> None:
    """A node with two GPUs and one disk, read each 2 s for a day, a transaction a reading."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "history.db"
        rows, seconds = written(path)
        size = path.stat().st_size
        print(f"written: {rows:,} rows in {DAY_S // INTERVAL_S:,} transactions, {rows / seconds:,.0f} rows/s")
        print(f"processor: {100 * seconds / DAY_S:.3f} % of one core per node")
        print(f"file: {size / 1e6:.1f} MB after a day, {size / rows:.1f} bytes a row")
        for span in SPANS:
            began = time.perf_counter()
            with opened(path) as history:
                points = history.read(
                    SeriesKey("node", "cpu_percent"), EPOCH + DAY_S - span, EPOCH + DAY_S, POINTS
                )
            took = 1000 * (time.perf_counter() - began)
            print(f"read: the last {duration(span)} as {len(points)} points in {took:.1f} ms")


def written(path: Path) -> tuple[int, float]:
    """How many rows a day makes, and the seconds that they took."""
    writer, dice, rows = Writer(path), random.Random(1), 0
    began = time.perf_counter()
    for at in range(EPOCH, EPOCH + DAY_S, INTERVAL_S):
        values = measures(_reading(at, dice))
        writer.write(values, (), {}, at)
        rows += len(values)
        if at % TIDY_EVERY_S == 0:
            writer.tidy(at, UNBOUNDED)
    seconds = time.perf_counter() - began
    writer.close()
    return rows, seconds


def _reading(at: int, dice: random.Random) -> Reading:
    gpus = tuple(
        Gpu(
            index,
            f"GPU-{index}",
            "RTX",
            vram_used_bytes=dice.randrange(1 << 35),
            utilisation_percent=float(dice.randrange(101)),
            temperature_c=float(dice.randrange(40, 80)),
            power_w=100 * dice.random(),
            sm_clock_mhz=float(dice.randrange(210, 2520)),
            fan_percent=float(dice.randrange(101)),
        )
        for index in range(2)
    )
    sample = HostSample(
        at,
        load_1m=dice.random(),
        memory_total_bytes=1 << 37,
        memory_available_bytes=dice.randrange(1 << 37),
        disks=(Disk("/dev/sda", "/", 1 << 40, dice.randrange(1 << 40), 1),),
        gpus=gpus,
        cpu_percent=100 * dice.random(),
        received_bytes_per_s=1e6 * dice.random(),
        sent_bytes_per_s=1e6 * dice.random(),
    )
    return Reading("node", at, State.UP, found=sample)


if __name__ == "__main__":
    main()
