"""Nodes and their GPUs as rows."""

from __future__ import annotations

from hydra_tui.core.cluster import Node
from hydra_tui.core.gpu import Gpu, short_name
from hydra_tui.core.host import HostSample
from hydra_tui.core.series import Series
from hydra_tui.present import units
from hydra_tui.present.cells import Line, Run, fit, joined, text_width
from hydra_tui.present.gauges import gauge, sparkline
from hydra_tui.present.picture import Picture, Ref, row, stacked
from hydra_tui.present.roles import Role
from hydra_tui.present.table import GAP, Column, chosen, drawn
from hydra_tui.present.view import View, is_read, named, trouble

INDENT = 2
RAM_CELLS = 21
BAR_LEAST = 10
SPARK_CELLS = 16
SPARK_FROM_CELLS = 84


def beside(label: str, value: str, role: Role = Role.TEXT) -> Line:
    """A value with its label before it."""
    return (Run(f"{label} ", Role.MUTED), Run(value, role))


def _fullest(sample: HostSample) -> float | None:
    return max((disk.used_percent for disk in sample.disks), default=None)


def _alarm(percent: float | None, warn: float, crit: float) -> Role:
    if percent is None or percent < warn:
        return Role.TEXT
    return Role.CRIT if percent >= crit else Role.WARN


def _memory(sample: HostSample) -> Line:
    total = (Run(f" / {units.gib(sample.memory_total_bytes).strip():>5} GiB", Role.MUTED),)
    return (*beside("ram", units.gib(sample.memory_used_bytes)), *total)


def _disk(sample: HostSample) -> Line:
    used = _fullest(sample)
    return beside("disk", units.percent(used), _alarm(used, 85.0, 95.0))


_HOST: tuple[Column[HostSample], ...] = (
    Column("up", 9, 4, lambda sample: beside("up", units.span(sample.uptime_s))),
    Column("cpu", 9, 2, lambda sample: beside("cpu", units.percent(sample.cpu_percent))),
    Column("load", 10, 5, lambda sample: beside("load", units.number(sample.load_1m, 5))),
    Column("ram", RAM_CELLS, 0, _memory),
    Column("disk", 10, 3, _disk),
    Column("received", 12, 6, lambda sample: beside("↓", units.rate(sample.received_bytes_per_s))),
    Column("sent", 12, 7, lambda sample: beside("↑", units.rate(sample.sent_bytes_per_s))),
)


def _vram(gpu: Gpu) -> Line:
    total = Run(f" / {units.gib(gpu.vram_total_bytes, 4)} GiB", Role.MUTED)
    return (Run(units.gib(gpu.vram_used_bytes)), total)


def _bar(gpu: Gpu, cells: int, view: View) -> Line:
    known = gpu.vram_used_bytes is not None and gpu.vram_total_bytes
    ratio = (gpu.vram_used_bytes or 0) / (gpu.vram_total_bytes or 1) if known else None
    return gauge(ratio, cells, view.glyphs)


_GPU: tuple[Column[Gpu], ...] = (
    Column("vram", 17, 0, _vram),
    Column("util", 5, 2, lambda gpu: (Run(units.percent(gpu.utilisation_percent)),)),
    Column("temp", 5, 3, lambda gpu: (Run(units.celsius(gpu.temperature_c), _heat(gpu)),)),
    Column("power", 5, 4, lambda gpu: (Run(units.watts(gpu.power_w)),)),
    Column("limit", 7, 7, lambda gpu: (Run("/ " + units.watts(gpu.power_limit_w).strip(), Role.MUTED),)),
)


def _heat(gpu: Gpu) -> Role:
    return _alarm(gpu.temperature_c, 83.0, 90.0)


def host_row(node: Node, cells: int, view: View, name_cells: int) -> Line:
    """The node's own line: what its kernel says, or why it says nothing."""
    name = fit(named(node, view), name_cells)
    if node.sample is None or not is_read(node, view):
        return joined((name, trouble(node, view)))
    why = trouble(node, view)
    room = cells - name_cells - 2
    if why:
        # What is wrong takes the place of the facts; memory stays, as what most often decides.
        room = RAM_CELLS
    return joined((name, drawn(chosen(_HOST, room), node.sample, room), why))


def gpu_row(gpu: Gpu, history: Series, cells: int, view: View, name_cells: int) -> Line:
    """One GPU: its memory as a gauge, what it does, and how busy it was."""
    name = (Run(f"{gpu.index} ", Role.MUTED), Run(short_name(gpu.name)))
    label = (Run(" " * INDENT), *fit(name, name_cells - INDENT))
    spark_cells = SPARK_CELLS if cells >= SPARK_FROM_CELLS else 0
    room = cells - name_cells - (spark_cells + 2 if spark_cells else 0) - 2
    columns = chosen(_GPU, room - BAR_LEAST - 2)
    facts_cells = sum(column.width + GAP for column in columns) - GAP
    bar = _bar(gpu, room - facts_cells - 2, view)
    spark = sparkline(history.values, spark_cells, view.glyphs, 100.0)
    return joined((label, bar, drawn(columns, gpu, facts_cells), spark))


def node_picture(node: Node, cells: int, view: View, name_cells: int) -> Picture:
    """A node with a line per GPU under it; the GPUs of a node that cannot be read are not shown as fact."""
    own = row(Ref("node", node.name, node.name), host_row(node, cells, view, name_cells), cells)
    if not is_read(node, view):
        return own
    gpus = [
        row(Ref("gpu", node.name, str(gpu.index)), gpu_row(gpu, history, cells, view, name_cells), cells)
        for gpu, history in zip(node.gpus, node.gpu_utilisation, strict=True)
    ]
    return stacked([own, *gpus])


def node_height(node: Node, view: View) -> int:
    """Lines of `node_picture`."""
    return 1 + (len(node.gpus) if is_read(node, view) else 0)


def name_cells(nodes: tuple[Node, ...]) -> int:
    """Room for the longest node or GPU name, within reason."""
    names = [node.name for node in nodes]
    gpus = [f"  {short_name(gpu.name)}" for node in nodes for gpu in node.gpus]
    return min(28, 2 + max(map(text_width, (*names, *gpus)), default=8))
