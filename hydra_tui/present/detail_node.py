"""The page about a node: its kernel's numbers, its GPUs, its disks, what runs on it."""

from __future__ import annotations

from collections.abc import Iterator

from hydra_tui.core.cluster import Cluster, Node
from hydra_tui.core.host import Disk, HostSample
from hydra_tui.core.ledger import ledger
from hydra_tui.core.reduce import aged
from hydra_tui.present import units
from hydra_tui.present.cells import Line, Run, cut
from hydra_tui.present.gauges import sparkline
from hydra_tui.present.gpu_facts import gpu_facts
from hydra_tui.present.labelled import LABEL_CELLS, labelled, section
from hydra_tui.present.ledger_rows import ledger_lines
from hydra_tui.present.node_rows import gpu_row, name_cells
from hydra_tui.present.process_rows import process_lines
from hydra_tui.present.roles import Role
from hydra_tui.present.view import View, is_read, state_mark

HISTORY_CELLS = 60


def node_lines(cluster: Cluster, node: Node, cells: int, view: View) -> Iterator[Line]:
    """Everything of the newest sample."""
    if node.source:
        measured = f"   measured {units.span(view.now - node.sample.at, 0)} ago" if node.sample else ""
        yield labelled("source", Run(node.source), Run(measured, Role.MUTED))
    if node.sample is not None:
        yield from _host(node.sample)
        history = sparkline(node.cpu.values, min(HISTORY_CELLS, cells - LABEL_CELLS), view.glyphs, 100.0)
        yield labelled("cpu history", *history)
        yield from _gpus(node, node.sample, cells, view)
        yield from _vram(cluster, node, node.sample, cells, view)
        yield from section("disks")
        yield from map(_disk, node.sample.disks)
    yield from _services(cluster, node, view)


def _host(sample: HostSample) -> Iterator[Line]:
    loads = "  ".join(units.number(load, 5, 2) for load in (sample.load_1m, sample.load_5m, sample.load_15m))
    down, up = units.rate(sample.received_bytes_per_s), units.rate(sample.sent_bytes_per_s)
    yield labelled("uptime", Run(units.span(sample.uptime_s, 0)))
    system = Run(f"   {sample.os}" if sample.os else "", Role.MUTED)
    yield labelled("kernel", Run(sample.kernel or units.NOTHING), system)
    yield labelled(
        "cpu",
        Run(f"{units.percent(sample.cpu_percent)} of {sample.cores or units.NOTHING} cores"),
        Run(
            "" if sample.temperature_c is None else f"   {units.celsius(sample.temperature_c, 0)}", Role.MUTED
        ),
    )
    yield labelled("load", Run(f"{loads}   over 1, 5, 15 min"))
    cache = sample.zfs_cache_bytes
    zfs = "" if cache is None else f"   and {units.gib(cache, 0)} GiB of ZFS cache, given back on demand"
    yield labelled(
        "memory", Run(_of(sample.memory_used_bytes, sample.memory_total_bytes)), Run(zfs, Role.MUTED)
    )
    yield labelled("swap", Run(_of(sample.swap_used_bytes, sample.swap_total_bytes)))
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
        yield from gpu_facts(gpu, cells, width + 2)


def _vram(cluster: Cluster, node: Node, sample: HostSample, cells: int, view: View) -> Iterator[Line]:
    """Only while it is read: old processes beside new claims would contradict each other for nothing."""
    if not node.gpus or not is_read(node, view):
        return
    book = ledger(node, cluster.services)
    yield from section("processes")
    yield from process_lines(book, sample.gpu_process_note, cells)
    yield from section("vram ledger")
    yield from ledger_lines(book, cells)


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
