"""What the driver of a simulated GPU measures."""

from __future__ import annotations

import random
import uuid
from dataclasses import dataclass

from hydra_tui.sim.hardware import MIB, GpuSpec

PCIE_WIDTH = 16
"""Lanes of every card of this cluster."""

_IDLE, _POWER_CAP = 0x1, 0x4
"""Bits of `clocks_event_reasons.active`."""

_AT_THE_LIMIT = 0.9

_SETTLE = 0.86
"""Power grows a little slower than utilisation."""


@dataclass(frozen=True, slots=True)
class GpuReading:
    """One GPU at one moment, in the units of `nvidia-smi … --format=nounits`."""

    spec: GpuSpec
    used_mib: int
    utilisation_percent: int
    temperature_c: int
    power_w: float
    fan_percent: int
    sm_mhz: int
    memory_mhz: int
    pstate: str

    @property
    def memory_utilisation_percent(self) -> int:
        """Memory is busy a little less than the cores."""
        return self.utilisation_percent * 6 // 10

    @property
    def pcie_generation(self) -> int:
        """The link rests while the card does."""
        return 1 if self.pstate == "P8" else self.spec.pcie_generation

    @property
    def reasons(self) -> int:
        """Why its clocks are not higher, as a mask."""
        if self.utilisation_percent < 2:
            return _IDLE
        return _POWER_CAP if self.power_w >= _AT_THE_LIMIT * self.spec.limit_w else 0

    @property
    def free_mib(self) -> int:
        """`memory.free`: what is neither used nor reserved."""
        return self.spec.memory_mib - self.spec.reserved_mib - self.used_mib


def gpu_uuid(seed: int, host: str, index: int) -> str:
    """`GPU-…`, the same in every run with this seed."""
    dice = random.Random(f"{seed}/{host}/gpu{index}")
    return f"GPU-{uuid.UUID(int=dice.getrandbits(128), version=4)}"


def read_gpu(spec: GpuSpec, used_bytes: int, load: float, recent_load: float, resident: bool) -> GpuReading:
    """The reading under `load` of [0, 1]; temperature and fan follow `recent_load`, a mean of minutes."""
    warm = spec.idle_c + (spec.hot_c - spec.idle_c) * recent_load
    ready_w = spec.idle_w + (0.05 * spec.limit_w if resident else 0.0)
    return GpuReading(
        spec=spec,
        used_mib=used_bytes // MIB,
        utilisation_percent=round(100 * load),
        temperature_c=round(warm),
        power_w=ready_w + (spec.limit_w - ready_w) * load**_SETTLE * 0.9,
        fan_percent=0 if warm < 45 else round(30 + (warm - 45) * 1.2),
        sm_mhz=round(210 + (spec.sm_mhz - 210) * min(1.0, 3 * load)),
        memory_mhz=spec.memory_mhz if resident else 405,
        pstate=("P2" if load >= 0.02 else "P5") if resident else "P8",
    )
