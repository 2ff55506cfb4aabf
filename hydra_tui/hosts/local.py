"""This machine, without a process and without SSH: `/proc`, `statvfs` and NVML."""

from __future__ import annotations

import asyncio
import os
import time
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from hydra_tui.core.errors import ServiceFailed
from hydra_tui.core.gpu import Gpu
from hydra_tui.core.host import Disk, HostCounters
from hydra_tui.core.processes import GpuProcess
from hydra_tui.hosts import mounts, proc_pid, seldom_facts
from hydra_tui.hosts.aside import Aside
from hydra_tui.hosts.counters import kernel_counters
from hydra_tui.hosts.nvml import Nvml
from hydra_tui.hosts.source import PROCESSES_EVERY_S, SECOND_LOOK_S

PROC = Path("/proc")

_FILES = {"stat": "stat", "mem": "meminfo", "load": "loadavg", "up": "uptime", "net": "net/dev"}
_DISKS_EVERY_S = 30.0

Drivers = tuple[tuple[Gpu, ...], str, tuple[GpuProcess, ...] | None]
"""The GPUs, why there is none, and who holds memory on them."""


class LocalHost:
    """The counters of the machine that hydra-tui runs on, a look every `interval_s` seconds."""

    def __init__(
        self, interval_s: float, nvml: Nvml | None = None, proc: Path = PROC, limit_s: float = 5.0
    ) -> None:
        """`limit_s` is for a look at disks or GPUs; what comes later than that is left out."""
        self._interval_s = interval_s
        self._proc = proc
        self._nvml = nvml or Nvml()
        self._by_disks, self._by_gpus = Aside(limit_s), Aside(limit_s)
        self._disks: tuple[Disk, ...] = ()
        self._processes: tuple[GpuProcess, ...] | None = None
        self._disks_due = self._processes_due = self._due = 0.0
        self._looks = 0

    async def next(self) -> HostCounters:
        """The next look, when it is due. Raises `TargetError` where there is no Linux `/proc`."""
        await self._wait()
        texts = {
            name: text for name, path in _FILES.items() if (text := seldom_facts.read(self._proc / path))
        }
        if not texts:
            raise ServiceFailed(f"this machine has no {self._proc}: only Linux can be watched locally")
        counters = kernel_counters(time.time(), texts)
        disks, (gpus, note, processes) = await asyncio.gather(self._newest_disks(), self._newest_gpus())
        return replace(
            counters,
            kernel=os.uname().release,
            os=seldom_facts.os_name(),
            temperature_c=seldom_facts.processor_c(),
            zfs_cache_bytes=seldom_facts.zfs_cache_bytes(self._proc),
            disks=disks,
            gpus=gpus,
            gpu_note=note,
            gpu_processes=processes,
        )

    async def close(self) -> None:
        """Let go of the driver. A driver that hangs keeps its thread, which no exit waits for."""
        with suppress(TimeoutError):
            await self._by_gpus.run(self._nvml.close)

    async def _wait(self) -> None:
        await asyncio.sleep(self._due - time.monotonic())
        self._looks += 1
        first = self._looks == 1
        self._due = time.monotonic() + (min(SECOND_LOOK_S, self._interval_s) if first else self._interval_s)

    async def _newest_disks(self) -> tuple[Disk, ...]:
        if time.monotonic() >= self._disks_due:
            self._disks_due = time.monotonic() + _DISKS_EVERY_S
            with suppress(TimeoutError):
                self._disks = await self._by_disks.run(partial(mounts.disks, self._proc / "self/mounts"))
        return self._disks

    async def _newest_gpus(self) -> Drivers:
        try:
            return await self._by_gpus.run(self._ask_driver)
        except TimeoutError:
            return (), "the NVIDIA driver does not answer", None

    def _ask_driver(self) -> Drivers:
        gpus, note = self._nvml.look()
        if gpus and time.monotonic() >= self._processes_due:
            self._processes_due = time.monotonic() + PROCESSES_EVERY_S
            found = self._nvml.processes()
            self._processes = None if found is None else proc_pid.told(found, self._proc)
        return gpus, note, self._processes if gpus else None
