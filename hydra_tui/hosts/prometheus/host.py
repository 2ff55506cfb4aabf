"""What node_exporter says of its host, as core values. What it does not say is `None`."""

from __future__ import annotations

from collections.abc import Iterator

from hydra_tui.core.host import Disk, HostSample
from hydra_tui.hosts import df
from hydra_tui.hosts.prometheus.exporter import Exporter

_DISK = "node_filesystem_{}_bytes"


def is_node_exporter(exporter: Exporter) -> bool:
    """Whether it speaks for a kernel."""
    return "node_memory_MemTotal_bytes" in exporter.gauges or "node_boot_time_seconds" in exporter.gauges


def host_sample(exporter: Exporter) -> HostSample:
    """The host without its GPUs."""
    cores = exporter.rates.get("cores")
    return HostSample(
        at=exporter.seen_at,
        cores=None if cores is None else int(cores),
        cpu_percent=_cpu_percent(exporter),
        load_1m=exporter.gauge("node_load1"),
        load_5m=exporter.gauge("node_load5"),
        load_15m=exporter.gauge("node_load15"),
        memory_total_bytes=_bytes(exporter, "node_memory_MemTotal_bytes"),
        memory_available_bytes=_bytes(exporter, "node_memory_MemAvailable_bytes"),
        swap_total_bytes=_bytes(exporter, "node_memory_SwapTotal_bytes"),
        swap_free_bytes=_bytes(exporter, "node_memory_SwapFree_bytes"),
        zfs_cache_bytes=_bytes(exporter, "node_zfs_arc_size"),
        received_bytes_per_s=exporter.rates.get("received"),
        sent_bytes_per_s=exporter.rates.get("sent"),
        uptime_s=_uptime_s(exporter),
        kernel=exporter.text("node_uname_info", "release"),
        os=exporter.text("node_os_info", "pretty_name"),
        disks=df.distinct(_disks(exporter)),
    )


def _bytes(exporter: Exporter, name: str) -> int | None:
    value = exporter.gauge(name)
    return None if value is None else int(value)


def _cpu_percent(exporter: Exporter) -> float | None:
    busy, spent = exporter.rates.get("busy"), exporter.rates.get("spent")
    return None if busy is None or not spent else min(100.0, 100.0 * busy / spent)


def _uptime_s(exporter: Exporter) -> float | None:
    boot = exporter.gauge("node_boot_time_seconds")
    return None if boot is None else max(0.0, exporter.seen_at - boot)


def _disks(exporter: Exporter) -> Iterator[Disk]:
    """Every mount whose three sizes are told; bind mounts repeat a device."""
    free, available = (_by_mount(exporter, what) for what in ("free", "avail"))
    for place, size in _by_mount(exporter, "size").items():
        if place in free and place in available:
            yield Disk(*place, size, max(0, size - free[place]), available[place])


def _by_mount(exporter: Exporter, what: str) -> dict[tuple[str, str], int]:
    """Bytes by (device, mount point)."""
    found = exporter.gauges.get(_DISK.format(what), ())
    return {(each.label("device"), each.label("mountpoint")): int(each.value) for each in found}
