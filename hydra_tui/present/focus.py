"""Where the operator is, and what a filter leaves of the cluster."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hydra_tui.core.cluster import Cluster, Node, Service
from hydra_tui.core.events import Event
from hydra_tui.core.models import Model
from hydra_tui.present.picture import Ref

PANES = ("nodes", "services", "models", "events")


@dataclass(frozen=True, slots=True)
class Focus:
    """The pane, the thing pointed at, what is hidden, what is enlarged."""

    pane: str = "nodes"
    cursor: Ref | None = None
    zoomed: bool = False
    filter: str = ""

    def keeps(self, *texts: str) -> bool:
        """Whether any of them holds what is filtered for."""
        wanted = self.filter.casefold()
        return not wanted or any(wanted in text.casefold() for text in texts)


def filtered(cluster: Cluster, focus: Focus) -> Cluster:
    """The cluster without what the filter hides."""
    if not focus.filter:
        return cluster
    return replace(
        cluster,
        nodes=tuple(node for node in cluster.nodes if _keeps_node(focus, node)),
        services=tuple(
            replace(
                service, models=tuple(each for each in service.models if _keeps_model(focus, service, each))
            )
            for service in cluster.services
            if _keeps_service(focus, service)
        ),
        events=tuple(event for event in cluster.events if _keeps_event(focus, event)),
    )


def _keeps_node(focus: Focus, node: Node) -> bool:
    return focus.keeps(node.name, node.state, *(gpu.name for gpu in node.gpus))


def _keeps_service(focus: Focus, service: Service) -> bool:
    own = (service.name, service.kind, service.node, service.layer, service.state)
    return focus.keeps(*own, *(model.name for model in service.models))


def _keeps_model(focus: Focus, service: Service, model: Model) -> bool:
    return focus.keeps(model.name, service.name, service.node, model.use_case)


def _keeps_event(focus: Focus, event: Event) -> bool:
    return focus.keeps(event.subject, event.what, event.detail)
