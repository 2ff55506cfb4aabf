"""What a kernel says of its host, as counters and as the sample made of two of them."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from hydra_tui.core.gpu import Gpu
from hydra_tui.core.processes import GpuProcess


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
class HostLevels:
    """What is read as it stands at one moment. `None` is "no reading", never zero."""

    at: float
    """Seconds since the epoch, by the clock of whoever looked."""
    cores: int | None = None
    load_1m: float | None = None
    load_5m: float | None = None
    load_15m: float | None = None
    memory_total_bytes: int | None = None
    memory_available_bytes: int | None = None
    swap_total_bytes: int | None = None
    swap_free_bytes: int | None = None
    uptime_s: float | None = None
    kernel: str | None = None
    disks: tuple[Disk, ...] = ()
    gpus: tuple[Gpu, ...] = ()
    gpu_note: str = ""
    """Why no GPU, or not every GPU, is listed, in the words of the tool that was asked."""
    gpu_processes: tuple[GpuProcess, ...] | None = None
    """Who holds memory on which GPU; `None` while it is not known."""
    gpu_process_note: str = ""
    """Why it is not known, in the words of the tool that was asked."""
    os: str | None = None
    """The distribution's name, `Debian GNU/Linux 12 (bookworm)`."""
    temperature_c: float | None = None
    """Of the processor."""
    zfs_cache_bytes: int | None = None
    """What ZFS keeps in memory as a cache (its ARC) and gives back on demand; the kernel calls it used."""

    @property
    def memory_used_bytes(self) -> int | None:
        """Total minus available, which is what `free` calls used since 2023; ZFS' cache is not use."""
        if self.memory_total_bytes is None or self.memory_available_bytes is None:
            return None
        cache = self.zfs_cache_bytes or 0
        return max(0, self.memory_total_bytes - self.memory_available_bytes - cache)

    @property
    def swap_used_bytes(self) -> int | None:
        """Total minus free."""
        if self.swap_total_bytes is None or self.swap_free_bytes is None:
            return None
        return self.swap_total_bytes - self.swap_free_bytes


@dataclass(frozen=True, slots=True)
class HostCounters(HostLevels):
    """One raw look at a Linux host: levels, and counters since its boot."""

    cpu_busy_jiffies: int | None = None
    cpu_total_jiffies: int | None = None
    received_bytes: int | None = None
    """Over all interfaces that are not virtual."""
    sent_bytes: int | None = None


@dataclass(frozen=True, slots=True)
class HostSample(HostLevels):
    """One host at one moment: levels, and the rates that two looks make."""

    cpu_percent: float | None = None
    received_bytes_per_s: float | None = None
    sent_bytes_per_s: float | None = None


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


def _with_memory(gpu: Gpu, host: HostLevels) -> Gpu:
    """A GPU that lives on its host's memory shows that memory; drivers give none of their own for it."""
    if not gpu.unified_memory:
        return gpu
    return replace(gpu, vram_total_bytes=host.memory_total_bytes, vram_used_bytes=host.memory_used_bytes)


def sample(before: HostCounters | None, after: HostCounters) -> HostSample:
    """Two looks make a sample; the first look alone has no rates."""
    levels = {field.name: getattr(after, field.name) for field in fields(HostLevels)}
    levels["gpus"] = tuple(_with_memory(gpu, after) for gpu in after.gpus)
    if before is None:
        return HostSample(**levels)
    seconds = after.at - before.at
    return HostSample(
        **levels,
        cpu_percent=_cpu_percent(before, after),
        received_bytes_per_s=_rate(before.received_bytes, after.received_bytes, seconds),
        sent_bytes_per_s=_rate(before.sent_bytes, after.sent_bytes, seconds),
    )
