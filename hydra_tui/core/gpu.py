"""What a driver says of one GPU."""

from __future__ import annotations

from dataclasses import dataclass

from hydra_tui.core.throttle import Throttle


@dataclass(frozen=True, slots=True)
class Gpu:
    """One GPU at one moment, as its driver measured it. `None` is "no reading", never zero."""

    index: int
    """Position in the driver's list; may change at boot."""
    uuid: str
    """Stable identity; empty when the source has none."""
    name: str
    vram_total_bytes: int | None = None
    vram_used_bytes: int | None = None
    utilisation_percent: float | None = None
    """Share of the last sampling window in which any kernel ran; not occupancy."""
    temperature_c: float | None = None
    power_w: float | None = None
    power_limit_w: float | None = None
    sm_clock_mhz: float | None = None
    memory_clock_mhz: float | None = None
    fan_percent: float | None = None
    driver: str | None = None
    cuda: str | None = None
    """The newest CUDA that the driver serves, `13.0`."""
    memory_utilisation_percent: float | None = None
    """Share of the last sampling window in which memory was read or written; not how full it is."""
    vram_reserved_bytes: int | None = None
    """Kept by the driver for itself: neither used nor free."""
    pcie_generation: int | None = None
    """As it runs now; falls while the card idles."""
    pcie_generation_max: int | None = None
    pcie_width: int | None = None
    """Lanes in use."""
    pcie_width_max: int | None = None
    pstate: str | None = None
    """`P0` is the fastest performance state, `P8` and above are idle."""
    throttles: tuple[Throttle, ...] | None = None
    """What holds the clocks down; empty is "nothing", `None` is "not said"."""
    ecc_uncorrected: int | None = None
    """Memory errors that could not be corrected, since the driver was loaded."""
    mig: bool | None = None
    """Split into instances: its driver then gives no utilisation of the whole."""
    unified_memory: bool = False
    """It has no memory of its own: the VRAM numbers are those of the host's memory."""

    @property
    def vram_free_bytes(self) -> int | None:
        """Total minus used; `None` when either is unknown."""
        if self.vram_total_bytes is None or self.vram_used_bytes is None:
            return None
        return max(0, self.vram_total_bytes - self.vram_used_bytes)


_UNIFIED = ("GB10", "Thor", "Orin", "Xavier", "(nvgpu)")


def shares_memory(name: str) -> bool:
    """Whether a GPU of that name has no memory of its own (DGX Spark, Jetson)."""
    return any(part in name for part in _UNIFIED)


_BRANDS = ("NVIDIA GeForce ", "NVIDIA ", "AMD Radeon ", "AMD ", "Intel ")


def short_name(name: str) -> str:
    """The name without its maker: `NVIDIA GeForce RTX 4090` is `RTX 4090` to everyone."""
    for brand in _BRANDS:
        if name.startswith(brand):
            return name.removeprefix(brand)
    return name
