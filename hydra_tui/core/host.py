"""What a kernel says of its host, as counters and as the sample made of two of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from hydra_tui.core.gpu import Gpu


@dataclass(frozen=True, slots=True)
class Disk:
    """One mounted file system on a real device."""

    device: str
    mount: str
    size_bytes: int
    used_bytes: int
    available_bytes: int
    """What an ordinary user may still write: less than size minus used, by the root reserve."""

    @property
    def used_percent(self) -> float:
        """Like `df`: used of used plus available."""
        usable = self.used_bytes + self.available_bytes
        return 100.0 * self.used_bytes / usable if usable else 0.0


@dataclass(frozen=True, slots=True)
class HostCounters:
    """One raw look at a Linux host. Everything is optional: a host shows what it has."""

    at: float
    """Seconds since the epoch, by the clock of whoever looked."""
    cpu_busy_jiffies: int | None = None
    cpu_total_jiffies: int | None = None
    cores: int | None = None
    load_1m: float | None = None
    load_5m: float | None = None
    load_15m: float | None = None
    memory_total_bytes: int | None = None
    memory_available_bytes: int | None = None
    swap_total_bytes: int | None = None
    swap_free_bytes: int | None = None
    received_bytes: int | None = None
    """Since boot, over all interfaces that are not virtual."""
    sent_bytes: int | None = None
    uptime_s: float | None = None
    kernel: str | None = None
    disks: tuple[Disk, ...] = ()
    gpus: tuple[Gpu, ...] = ()
    gpu_note: str = ""
    """Why no GPU is listed, in the words of the tool that was asked."""


@dataclass(frozen=True, slots=True)
class HostSample:
    """One host at one moment, rates included. `None` is "no reading", never zero."""

    at: float
    cpu_percent: float | None = None
    cores: int | None = None
    load_1m: float | None = None
    load_5m: float | None = None
    load_15m: float | None = None
    memory_total_bytes: int | None = None
    memory_available_bytes: int | None = None
    swap_total_bytes: int | None = None
    swap_free_bytes: int | None = None
    received_bytes_per_s: float | None = None
    sent_bytes_per_s: float | None = None
    uptime_s: float | None = None
    kernel: str | None = None
    disks: tuple[Disk, ...] = field(default=())
    gpus: tuple[Gpu, ...] = field(default=())
    gpu_note: str = ""

    @property
    def memory_used_bytes(self) -> int | None:
        """Total minus available, which is what `free` calls used since 2023."""
        if self.memory_total_bytes is None or self.memory_available_bytes is None:
            return None
        return max(0, self.memory_total_bytes - self.memory_available_bytes)


def _rate(before: int | None, after: int | None, seconds: float) -> float | None:
    """Units per second; `None` without two looks, or when the counter went back (a reboot)."""
    if before is None or after is None or seconds <= 0 or after < before:
        return None
    return (after - before) / seconds


def _cpu_percent(before: HostCounters, after: HostCounters) -> float | None:
    busy = _rate(before.cpu_busy_jiffies, after.cpu_busy_jiffies, 1.0)
    total = _rate(before.cpu_total_jiffies, after.cpu_total_jiffies, 1.0)
    if busy is None or not total:
        return None
    return min(100.0, 100.0 * busy / total)


def sample(before: HostCounters | None, after: HostCounters) -> HostSample:
    """Two looks make a sample; the first look alone has no rates."""
    seconds = after.at - before.at if before else 0.0
    return HostSample(
        at=after.at,
        cpu_percent=_cpu_percent(before, after) if before else None,
        cores=after.cores,
        load_1m=after.load_1m,
        load_5m=after.load_5m,
        load_15m=after.load_15m,
        memory_total_bytes=after.memory_total_bytes,
        memory_available_bytes=after.memory_available_bytes,
        swap_total_bytes=after.swap_total_bytes,
        swap_free_bytes=after.swap_free_bytes,
        received_bytes_per_s=_rate(before.received_bytes, after.received_bytes, seconds) if before else None,
        sent_bytes_per_s=_rate(before.sent_bytes, after.sent_bytes, seconds) if before else None,
        uptime_s=after.uptime_s,
        kernel=after.kernel,
        disks=after.disks,
        gpus=after.gpus,
        gpu_note=after.gpu_note,
    )
