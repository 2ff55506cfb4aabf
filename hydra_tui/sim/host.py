"""One simulated machine: its specification, its waves, and what its kernel counts."""

from __future__ import annotations

from dataclasses import dataclass

from hydra_tui.sim.activity import Activity
from hydra_tui.sim.clock import Clock
from hydra_tui.sim.gpus import GpuReading, gpu_uuid, read_gpu
from hydra_tui.sim.hardware import HostSpec
from hydra_tui.sim.load_waves import Wave, wave
from hydra_tui.sim.programs import Program, SimProcess, processes
from hydra_tui.sim.vram import Vram

JIFFIES_PER_S = 100

_WARMTH_S = 90.0
"""Temperatures follow the mean load of so many seconds."""

_LOAD_WINDOWS_S = (60.0, 300.0, 900.0)

_COUNTED_BEFORE_S = 3600.0
"""Before the world began, counters ran at the mean rate of this long."""


@dataclass(frozen=True, slots=True)
class HostReading:
    """One look at the kernel, in its own units."""

    busy_jiffies: int
    idle_jiffies: int
    memory_available_bytes: int
    loads: tuple[float, float, float]
    uptime_s: float
    received_bytes: int
    sent_bytes: int


class Host:
    """A machine of the world. Readings are computed when asked for, never in between."""

    def __init__(self, spec: HostSpec, seed: int, clock: Clock) -> None:
        self.spec = spec
        self.vram = Vram(spec.gpus)
        self.activity = Activity()
        """Work of the services on this machine."""
        self.program: Program | None = None
        """What holds memory on its GPUs."""
        self.uuids = tuple(gpu_uuid(seed, spec.name, index) for index in range(len(spec.gpus)))
        self._clock = clock
        self._cpu = wave(seed, f"{spec.name}/cpu", *spec.cpu_busy)
        self._memory = wave(seed, f"{spec.name}/memory", *spec.memory_in_use)
        self._received = wave(seed, f"{spec.name}/received", *spec.received_bytes_per_s)
        self._sent = wave(seed, f"{spec.name}/sent", *spec.sent_bytes_per_s)
        self._gpus = tuple(
            wave(seed, f"{spec.name}/gpu{index}", 0.0, 0.86 - 0.24 * index) for index in range(len(spec.gpus))
        )

    def load(self) -> float:
        """How busy its services are, of [0, 1]: what their latency follows."""
        return min(1.0, 0.5 * self._cpu.at(self._clock.now()) + 0.5 * self._worked())

    def read(self) -> HostReading:
        """What `/proc` shows at this moment."""
        now, uptime = self._clock.now(), self.spec.booted_ago_s + self._clock.running()
        busy_s = self.spec.cores * (self._counted(self._cpu) + 0.3 * self._activity_total())
        return HostReading(
            busy_jiffies=int(busy_s * JIFFIES_PER_S),
            idle_jiffies=int((self.spec.cores * uptime - busy_s) * JIFFIES_PER_S),
            memory_available_bytes=int(self.spec.memory_bytes * (1.0 - self._memory.at(now))),
            loads=self._loads(now),
            uptime_s=uptime,
            received_bytes=int(self._counted(self._received)),
            sent_bytes=int(self._counted(self._sent)),
        )

    def read_gpus(self) -> tuple[GpuReading, ...]:
        """What the driver shows at this moment."""
        return tuple(
            read_gpu(gpu, used, *self._gpu_loads(index), self.vram.holds(index))
            for index, (gpu, used) in enumerate(zip(self.spec.gpus, self.vram.used(), strict=True))
        )

    def processes(self) -> tuple[SimProcess, ...]:
        """Who holds memory on the GPUs at this moment."""
        return processes(self.program, self.vram.held())

    def processor_c(self) -> float:
        """The processor's temperature follows its load."""
        return 38.0 + 40.0 * self._cpu.mean(self._clock.now(), _WARMTH_S)

    def _gpu_loads(self, index: int) -> tuple[float, float]:
        """(now, over the last minutes): without a model a card idles."""
        if not self.vram.holds(index):
            return 0.0, 0.02
        now, surge = self._clock.now(), self._gpus[index]
        worked = self._worked()
        return min(1.0, surge.at(now) + 0.6 * worked), min(1.0, surge.mean(now, _WARMTH_S) + 0.1 * worked)

    def _loads(self, now: float) -> tuple[float, float, float]:
        one, five, fifteen = (self.spec.cores * self._cpu.mean(now, window) for window in _LOAD_WINDOWS_S)
        return one + 2.0 * self._worked(), five, fifteen

    def _worked(self) -> float:
        return self.activity.level(self._clock.running())

    def _activity_total(self) -> float:
        return self.activity.total(self._clock.running())

    def _counted(self, surge: Wave) -> float:
        """A counter since boot: the wave's integral; with a frozen clock it goes on at the frozen rate."""
        now = self._clock.now()
        since_frozen = self._clock.running() - now
        return surge.mean(0.0, _COUNTED_BEFORE_S) * self.spec.booted_ago_s + (
            surge.total(now) + surge.at(now) * since_frozen
        )
