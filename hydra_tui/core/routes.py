"""Which model answers to which alias, by what the gateways and the engines say."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import SplitResult, urlsplit

from hydra_tui.core.cluster import Cluster, Service
from hydra_tui.core.models import Model, Residency, Route

_PORTS: Mapping[str, int] = MappingProxyType({"http": 80, "https": 443})


def aliases(cluster: Cluster, service: Service, model: Model) -> tuple[str, ...]:
    """The gateway names that end at this model of this service, as far as can be told."""
    routes = [route for gateway in cluster.services for route in gateway.routes]
    here = [route for route in routes if _leads_to(route, service, cluster)]
    return tuple(dict.fromkeys(route.alias for route in here if _names(route, service, model)))


def _leads_to(route: Route, service: Service, cluster: Cluster) -> bool:
    try:
        base, own = urlsplit(route.api_base or ""), urlsplit(service.address)
        if not base.hostname or _port(base) != _port(own):
            return False
    except ValueError:
        return False
    names = (
        own.hostname or "",
        service.node,
        *(node.address for node in cluster.nodes if node.name == service.node),
    )
    return base.hostname in {name.lower() for name in names}


def _port(parts: SplitResult) -> int | None:
    """The port of a URL, which its scheme implies where it names none."""
    return parts.port or _PORTS.get(parts.scheme)


def _names(route: Route, service: Service, model: Model) -> bool:
    """An engine that knows the routed name answers with it; one that does not answers with what is loaded."""
    wanted = route.model.partition("/")[2] or route.model
    known = {each.name for each in service.models}
    for name in (wanted, f"{wanted}:latest"):
        if name in known:
            return model.name == name
    return model.residency is Residency.LOADED
