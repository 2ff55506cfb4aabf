from __future__ import annotations

import os
import pwd
import threading
import time
from pathlib import Path

import pytest

from hydra_tui.core.errors import ServiceFailed
from hydra_tui.core.gpu import Gpu
from hydra_tui.core.processes import GpuProcess
from hydra_tui.hosts import cgroup, seldom_facts
from hydra_tui.hosts.local import LocalHost
from hydra_tui.hosts.nvml import Nvml
from hydra_tui.hosts.source import CountersSource

GPU = Gpu(0, "GPU-1", "NVIDIA L40S")


class Board(Nvml):
    """One GPU, or a driver that hangs until it is released."""

    def __init__(self, hangs: bool = False) -> None:
        super().__init__()
        self.released = threading.Event()
        self.closed = self.asked = 0
        if not hangs:
            self.released.set()

    def look(self) -> tuple[tuple[Gpu, ...], str]:
        self.released.wait()
        return (GPU,), ""

    def processes(self) -> tuple[GpuProcess, ...] | None:
        self.asked += 1
        return (GpuProcess("GPU-1", os.getpid(), vram_bytes=5), GpuProcess("GPU-1", 999_999_999))

    def close(self) -> None:
        self.closed += 1


async def test_it_counts_what_this_machine_counts() -> None:
    host: CountersSource = LocalHost(60.0, Board())
    counters = await host.next()
    assert counters.at == pytest.approx(time.time(), abs=10)
    assert counters.memory_total_bytes == _memory_total_bytes()
    assert (counters.cores, counters.kernel) == (os.cpu_count(), os.uname().release)
    assert counters.uptime_s == pytest.approx(time.clock_gettime(time.CLOCK_BOOTTIME), abs=30)
    assert counters.cpu_total_jiffies
    assert counters.load_1m is not None
    assert "/" in {disk.mount for disk in counters.disks}
    assert (counters.gpus, counters.gpu_note) == ((GPU,), "")
    await host.close()


def _memory_total_bytes() -> int:
    memory = dict(line.split(":") for line in Path("/proc/meminfo").read_text().splitlines())
    return int(memory["MemTotal"].split()[0]) * 1024


async def test_the_first_look_comes_at_once_and_the_next_when_it_is_due() -> None:
    host = LocalHost(0.2, Board())
    began = time.monotonic()
    await host.next()
    first = time.monotonic()
    await host.next()
    assert time.monotonic() - first > 0.1
    assert first - began < 5.0
    await host.close()


async def test_a_driver_that_hangs_holds_no_look_longer_than_the_limit() -> None:
    board = Board(hangs=True)
    host = LocalHost(0.01, board, limit_s=0.05)
    for _ in range(2):
        counters = await host.next()
        assert (counters.gpus, counters.gpu_note) == ((), "the NVIDIA driver does not answer")
        assert counters.memory_total_bytes
    await host.close()
    assert board.closed == 0
    board.released.set()


async def test_it_tells_who_holds_memory_and_whose_processes_hide_and_asks_seldom() -> None:
    board = Board()
    host = LocalHost(0.01, board)
    for _ in range(3):
        counters = await host.next()
    own, other = counters.gpu_processes or ()
    assert (own.readable, own.user) == (True, pwd.getpwuid(os.getuid()).pw_name)
    assert own.name
    assert "pytest" in (own.command or "")
    assert own.keeper == cgroup.keeper(seldom_facts.read(Path("/proc/self/cgroup")).splitlines())
    assert other == GpuProcess("GPU-1", 999_999_999)
    assert board.asked == 1
    await host.close()


async def test_closing_lets_go_of_the_driver() -> None:
    board = Board()
    await LocalHost(1.0, board).close()
    assert board.closed == 1


async def test_a_machine_without_proc_says_so(tmp_path: Path) -> None:
    host = LocalHost(1.0, Board(), proc=tmp_path / "proc")
    with pytest.raises(ServiceFailed, match="only Linux"):
        await host.next()


async def test_a_machine_shows_what_it_has(tmp_path: Path) -> None:
    (tmp_path / "uptime").write_text("12.5 3.0\n")
    counters = await LocalHost(1.0, Board(), proc=tmp_path).next()
    assert (counters.uptime_s, counters.memory_total_bytes, counters.disks) == (12.5, None, ())


async def test_this_machine_answers_with_its_real_driver_or_a_reason() -> None:
    host = LocalHost(1.0)
    counters = await host.next()
    assert counters.gpus or counters.gpu_note
    await host.close()
