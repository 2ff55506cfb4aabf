"""Where the cursor goes: pure functions over what can be pointed at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hydra_tui.core.cluster import Cluster, Node
from hydra_tui.present.focus import PANES, Focus, filtered
from hydra_tui.present.model_rows import in_memory, model_rows
from hydra_tui.present.picture import Ref
from hydra_tui.present.service_rows import in_order, parted
from hydra_tui.present.view import View, is_read


def refs(cluster: Cluster, focus: Focus, view: View, *, brief: bool) -> list[Ref]:
    """All that can be pointed at in the focused pane, in reading order, whether or not it has room."""
    left = filtered(cluster, focus)
    match focus.pane:
        case "nodes":
            return [ref for node in left.nodes for ref in _node_refs(node, view)]
        case "services":
            bad, calm = parted(left.services, view)
            listed = [*bad, *calm] if brief else in_order(left.services)
            return [Ref("service", service.name, service.name) for service in listed]
        case "models":
            rows = in_memory(model_rows(left)) if brief else model_rows(left)
            return [Ref("model", each.service.name, each.model.name) for each in rows]
        case _:
            return []


def _node_refs(node: Node, view: View) -> list[Ref]:
    """The GPUs of a node that cannot be read are not on the screen."""
    gpus = node.gpus if is_read(node, view) else ()
    return [Ref("node", node.name, node.name), *(Ref("gpu", node.name, str(gpu.index)) for gpu in gpus)]


def step(known: Sequence[Ref], cursor: Ref | None, by: int) -> Ref | None:
    """The thing `by` places on; the ends hold. The first one when the cursor points at nothing."""
    if not known:
        return None
    if cursor not in known:
        return known[0]
    return known[max(0, min(len(known) - 1, known.index(cursor) + by))]


def other_pane(focus: Focus, by: int) -> Focus:
    """The pane `by` places on, round and round; its cursor is found anew."""
    pane = PANES[(PANES.index(focus.pane) + by) % len(PANES)]
    return replace(focus, pane=pane, cursor=None)


def pane_of(ref: Ref) -> str:
    """The pane in which a thing is listed."""
    return {"gpu": "nodes"}.get(ref.sort, f"{ref.sort}s")
