"""The cluster as a short list: a line a target, the reason where one is not up."""

from __future__ import annotations

from hydra_tui.core.cluster import Cluster, Node, Service
from hydra_tui.core.gpu import Gpu
from hydra_tui.present import units
from hydra_tui.present.cells import Block, Line, Run, cut, text_width
from hydra_tui.present.facts import fact_text
from hydra_tui.present.gauges import gauge
from hydra_tui.present.header import header
from hydra_tui.present.roles import STATE_ROLES, Role
from hydra_tui.present.service_rows import in_order
from hydra_tui.present.view import View, state_mark

HEADER_CELLS = 100


def summary(cluster: Cluster) -> Block:
    """Header, nodes, services."""
    view = View(cluster.at)
    names = [*(node.name for node in cluster.nodes), *(service.name for service in cluster.services)]
    cells = max(map(text_width, names), default=0)
    lines: Block = [header(cluster, HEADER_CELLS, view)]
    if cluster.notice:
        lines += [(), (Run(cluster.notice, Role.MUTED),)]
    lines += [(), *(_node(node, cells, view) for node in cluster.nodes)]
    lines += [(), *(_service(service, cells, view) for service in in_order(cluster.services))]
    return lines


def _head(target: Node | Service, cells: int, view: View) -> Line:
    role = STATE_ROLES[target.state]
    return (
        state_mark(target.state, view.glyphs),
        Run(f" {cut(target.name, cells)}  ", Role.STRONG),
        Run(cut(target.state.value, 12), role),
    )


def _node(node: Node, cells: int, view: View) -> Line:
    head = _head(node, cells, view)
    if node.reason or node.sample is None:
        return (*head, Run(f"  {node.reason}", STATE_ROLES[node.state]))
    sample = node.sample
    memory = f"{units.gib(sample.memory_used_bytes)} of {units.gib(sample.memory_total_bytes)} GiB"
    cpu = (Run("  cpu", Role.MUTED), Run(units.percent(sample.cpu_percent)))
    gpus = (run for gpu in node.gpus for run in _gpu(gpu, view))
    return (*head, *cpu, Run("  ram ", Role.MUTED), Run(memory), *gpus)


def _gpu(gpu: Gpu, view: View) -> Line:
    used, total = gpu.vram_used_bytes, gpu.vram_total_bytes
    bar = gauge(used / total if used is not None and total else None, 8, view.glyphs)
    return (Run(f"  gpu {gpu.index} ", Role.MUTED), *bar, Run(units.percent(gpu.utilisation_percent)))


def _service(service: Service, cells: int, view: View) -> Line:
    head = _head(service, cells, view)
    if service.reason:
        return (*head, Run(f"  {service.reason}", STATE_ROLES[service.state]))
    facts = ", ".join(map(fact_text, service.facts))
    version = Run("  " + cut(service.version or "", 12), Role.MUTED)
    return (*head, Run(units.latency(service.latency_s, 9)), version, Run(f"  {facts}", Role.MUTED))
