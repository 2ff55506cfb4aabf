"""What a driver says of one GPU."""

from __future__ import annotations

from dataclasses import dataclass


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

    @property
    def vram_free_bytes(self) -> int | None:
        """Total minus used; `None` when either is unknown."""
        if self.vram_total_bytes is None or self.vram_used_bytes is None:
            return None
        return max(0, self.vram_total_bytes - self.vram_used_bytes)


_BRANDS = ("NVIDIA GeForce ", "NVIDIA ", "AMD Radeon ", "AMD ", "Intel ")


def short_name(name: str) -> str:
    """The name without its maker: `NVIDIA GeForce RTX 4090` is `RTX 4090` to everyone."""
    for brand in _BRANDS:
        if name.startswith(brand):
            return name.removeprefix(brand)
    return name
