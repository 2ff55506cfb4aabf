"""One node as a card: what its kernel says, its GPUs, and their last minutes on an axis."""

from __future__ import annotations

from hydra_tui.core.cluster import Node
from hydra_tui.core.gpu import Gpu
from hydra_tui.core.host import Disk, HostSample
from hydra_tui.present import units
from hydra_tui.present.cells import Line, Run, cut, fit, joined, width
from hydra_tui.present.charts import charted
from hydra_tui.present.gauges import gauge
from hydra_tui.present.gpu_facts import gpu_facts
from hydra_tui.present.node_rows import beside, gpu_row, host_row
from hydra_tui.present.picture import Picture, Ref, row, stacked
from hydra_tui.present.roles import Role
from hydra_tui.present.view import View, is_read

LEAST_CHART_ROWS = 5
BAR_CELLS = 12
DISKS_SHOWN = 3
GAP = "   "
INDENT = 2


def card_height(node: Node, cells: int, view: View, name_cells: int) -> int:
    """Lines of a card without charts."""
    if node.sample is None or not is_read(node, view):
        return 1
    gpus = sum(1 + len(_small_print(gpu, cells, name_cells)) for gpu in node.gpus)
    return 3 + bool(_note(node.sample)) + gpus


def card(node: Node, cells: int, chart_rows: int, view: View, name_cells: int) -> Picture:
    """Its own line, two of host facts, two a GPU, and charts where there is room for them."""
    head = row(Ref("node", node.name, node.name), host_row(node, cells, view, name_cells), cells)
    sample = node.sample
    if sample is None or not is_read(node, view):
        return head
    facts = Picture(tuple(_indented(line, cells) for line in _host(sample, cells, view)))
    gpus = [_gpu(node, gpu, number, cells, view, name_cells) for number, gpu in enumerate(sample.gpus)]
    charts = (
        charted(node, cells, chart_rows - 1, view, axes=True) if chart_rows >= LEAST_CHART_ROWS else Picture()
    )
    return stacked([head, facts, *gpus, charts])


def _gpu(node: Node, gpu: Gpu, number: int, cells: int, view: View, name_cells: int) -> Picture:
    history = node.gpu_utilisation[number]
    own = row(Ref("gpu", node.name, str(gpu.index)), gpu_row(gpu, history, cells, view, name_cells), cells)
    return stacked([own, Picture(_small_print(gpu, cells, name_cells))])


def _small_print(gpu: Gpu, cells: int, name_cells: int) -> tuple[Line, ...]:
    return tuple(fit(line, cells) for line in gpu_facts(gpu, cells, name_cells + 2))


def _indented(line: Line, cells: int) -> Line:
    return fit((Run(" " * INDENT), *line), cells)


def _host(sample: HostSample, cells: int, view: View) -> list[Line]:
    loads = " ".join(units.number(load, 5, 2) for load in (sample.load_1m, sample.load_5m, sample.load_15m))
    swap = f"{units.gib(sample.swap_used_bytes)} / {units.gib(sample.swap_total_bytes)} GiB"
    cores = f"{sample.cores or units.NOTHING} cores"
    first = _as_many(
        [
            beside("load", f"{loads}  of {cores}"),
            beside("swap", swap),
            beside("kernel", sample.kernel or units.NOTHING),
            beside("↓", units.rate(sample.received_bytes_per_s)),
            beside("↑", units.rate(sample.sent_bytes_per_s)),
        ],
        cells - INDENT,
    )
    disks = _as_many([_disk(disk, view) for disk in _fullest(sample.disks)], cells - INDENT)
    note = _note(sample)
    return [first, disks, *([(Run(note, Role.MUTED),)] if note else [])]


def _note(sample: HostSample) -> str:
    """Why no GPU is listed."""
    return "" if sample.gpus else sample.gpu_note


def _as_many(parts: list[Line], cells: int) -> Line:
    """From the left, as many as fit whole; the first one always stands."""
    while len(parts) > 1 and width(joined(parts, GAP)) > cells:
        parts = parts[:-1]
    return joined(parts, GAP)


def _fullest(disks: tuple[Disk, ...]) -> list[Disk]:
    return sorted(disks, key=lambda disk: -disk.used_percent)[:DISKS_SHOWN]


def _disk(disk: Disk, view: View) -> Line:
    bar = gauge(disk.used_percent / 100, BAR_CELLS, view.glyphs)
    left = f"{units.percent(disk.used_percent)}  {units.gib(disk.available_bytes)} GiB left"
    return (Run(cut(disk.mount, 14) + " ", Role.MUTED), *bar, Run(left))
