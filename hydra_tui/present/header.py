"""The one line on top of every screen: the whole cluster in a glance."""

from __future__ import annotations

from collections.abc import Iterator

from hydra_tui.core.cluster import Cluster, Node, Service, vram
from hydra_tui.core.reduce import aged
from hydra_tui.core.state import SEVERITY, State
from hydra_tui.present import units
from hydra_tui.present.cells import Line, Run, joined, spread, width
from hydra_tui.present.roles import STATE_ROLES, Role
from hydra_tui.present.view import View, is_read


def header(cluster: Cluster, cells: int, view: View) -> Line:
    """Name, nodes, services by state, VRAM; then SIMULATED, the age of the data, the time."""
    for left, right in _variants(cluster, view):
        if width(left) + width(right) + 2 <= cells:
            return spread(left, right, cells)
    return spread(_unwell(cluster, view) or _name(cluster), (), cells)


def _variants(cluster: Cluster, view: View) -> Iterator[tuple[Line, Line]]:
    """From everything to little: what matters least goes first; what is wrong never goes before it."""
    name = _name(cluster)
    nodes, services = _count("node", cluster.nodes, view), _count("service", cluster.services, view)
    full, free = _vram(cluster, view, of_total=True), _vram(cluster, view, of_total=False)
    badge = (Run(" SIMULATED ", Role.BADGE),) if cluster.simulated else ()
    time = (Run(units.clock(view.now) + " ", Role.MUTED),)
    yield joined((name, nodes, services, full), "   "), joined((badge, _age(cluster, view), time))
    yield joined((name, nodes, services, full)), joined((badge, time))
    yield joined((name, nodes, services, free)), joined((badge, time))
    yield joined((name, nodes, services)), joined((badge, time))
    yield joined((nodes, services)), badge
    yield joined((nodes, services)), ()


def _name(cluster: Cluster) -> Line:
    return (Run(f" {cluster.name}", Role.TITLE),)


def _count(noun: str, targets: tuple[Node, ...] | tuple[Service, ...], view: View) -> Line:
    """`3 nodes`, and behind it how many are not well, each state with its shape."""
    if not targets:
        return ()
    plural = "s" if len(targets) != 1 else ""
    return (Run(str(len(targets))), Run(f" {noun}{plural}", Role.MUTED), *_marks(targets, view))


def _marks(targets: tuple[Node | Service, ...], view: View) -> Line:
    """How many are in each state but well, the most alarming first."""
    states = [aged(target, view.now).state for target in targets]
    return tuple(
        Run(f" {view.glyphs.states[state]}{states.count(state)}", STATE_ROLES[state])
        for state in reversed(SEVERITY)
        if state is not State.UP and state in states
    )


def _unwell(cluster: Cluster, view: View) -> Line:
    """Nodes and services counted together, where there is no room to tell them apart."""
    return _marks((*cluster.nodes, *cluster.services), view)


def _vram(cluster: Cluster, view: View, *, of_total: bool) -> Line:
    """Of the nodes that can be read: what the others held when last seen is not what is."""
    read = tuple(node for node in cluster.nodes if is_read(node, view))
    used, total = vram(read)
    if not total:
        return ()
    tail = f" of {units.gib(total).strip()} GiB" if of_total else " GiB"
    tail += " (partial)" if len(read) < len(cluster.nodes) else ""
    return (Run("VRAM", Role.MUTED), Run(units.gib(used, 6)), Run(tail, Role.MUTED))


def _age(cluster: Cluster, view: View) -> Line:
    """The age of the oldest reading that is shown; nothing before there is one."""
    times = [node.at for node in cluster.nodes] + [service.at for service in cluster.services]
    known = [at for at in times if at is not None]
    if not known:
        return ()
    return (Run(f"age{units.span(max(0.0, view.now - min(known)), 6)}", Role.MUTED),)
