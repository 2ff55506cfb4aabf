"""The page about a node: its kernel's numbers, its GPUs, its disks, what runs on it."""

from __future__ import annotations

from collections.abc import Iterator

from hydra_tui.core.cluster import Cluster, Node
from hydra_tui.core.gpu import Gpu
from hydra_tui.core.host import Disk, HostSample
from hydra_tui.core.reduce import aged
from hydra_tui.present import units
from hydra_tui.present.cells import Line, Run, cut
from hydra_tui.present.gauges import sparkline
from hydra_tui.present.labelled import LABEL_CELLS, labelled, section
from hydra_tui.present.node_rows import gpu_row, name_cells
from hydra_tui.present.roles import Role
from hydra_tui.present.view import View, state_mark

HISTORY_CELLS = 60


def node_lines(cluster: Cluster, node: Node, cells: int, view: View) -> Iterator[Line]:
    """Everything of the newest sample."""
    if node.sample is not None:
        yield from _host(node.sample)
        history = sparkline(node.cpu.values, min(HISTORY_CELLS, cells - LABEL_CELLS), view.glyphs, 100.0)
        yield labelled("cpu history", *history)
        yield from _gpus(node, node.sample, cells, view)
        yield from section("disks")
        yield from map(_disk, node.sample.disks)
    yield from _services(cluster, node, view)


def _host(sample: HostSample) -> Iterator[Line]:
    loads = "  ".join(units.number(load, 5, 2) for load in (sample.load_1m, sample.load_5m, sample.load_15m))
    swap = None
    if sample.swap_total_bytes is not None and sample.swap_free_bytes is not None:
        swap = sample.swap_total_bytes - sample.swap_free_bytes
    down, up = units.rate(sample.received_bytes_per_s), units.rate(sample.sent_bytes_per_s)
    yield labelled("uptime", Run(units.span(sample.uptime_s, 0)))
    yield labelled("kernel", Run(sample.kernel or units.NOTHING))
    yield labelled(
        "cpu", Run(f"{units.percent(sample.cpu_percent)} of {sample.cores or units.NOTHING} cores")
    )
    yield labelled("load", Run(f"{loads}   over 1, 5, 15 min"))
    yield labelled("memory", Run(_of(sample.memory_used_bytes, sample.memory_total_bytes)))
    yield labelled("swap", Run(_of(swap, sample.swap_total_bytes)))
    yield labelled("network", Run(f"↓{down}  ↑{up}"))


def _of(used: int | None, total: int | None) -> str:
    return f"{units.gib(used)} of {units.gib(total)} GiB"


def _gpus(node: Node, sample: HostSample, cells: int, view: View) -> Iterator[Line]:
    yield from section("gpus")
    if not node.gpus:
        yield (Run(sample.gpu_note or "none", Role.MUTED),)
    width = name_cells((node,))
    for gpu, history in zip(node.gpus, node.gpu_utilisation, strict=True):
        yield gpu_row(gpu, history, cells, view, width)
        yield (Run(" " * (width + 2) + _fine_print(gpu), Role.MUTED),)


def _fine_print(gpu: Gpu) -> str:
    return (
        f"sm{units.number(gpu.sm_clock_mhz, 6, 0)} MHz  memory{units.number(gpu.memory_clock_mhz, 6, 0)} MHz"
        f"  fan{units.percent(gpu.fan_percent, 6)}  driver {gpu.driver or units.NOTHING}"
    )


def _disk(disk: Disk) -> Line:
    left = f"{units.percent(disk.used_percent)}  {units.gib(disk.available_bytes, 8)} GiB left of"
    return labelled(disk.mount, Run(left), Run(f"{units.gib(disk.size_bytes, 8)}  {disk.device}", Role.MUTED))


def _services(cluster: Cluster, node: Node, view: View) -> Iterator[Line]:
    here = [service for service in cluster.services if service.node == node.name]
    if here:
        yield from section("services")
    for service in here:
        shown = aged(service, view.now)
        name = Run(f" {cut(service.name, LABEL_CELLS - 1)} ")
        yield (state_mark(shown.state, view.glyphs), name, Run(shown.reason or shown.title, Role.MUTED))
