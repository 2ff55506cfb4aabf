"""Which model answers to which alias, by what the gateways and the engines say."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import SplitResult, urlsplit

from hydra_tui.core.cluster import Cluster, Service
from hydra_tui.core.models import Model, Residency, Route

_LOOPBACK = ("localhost", "127.0.0.1", "::1", "host.docker.internal")

_BY_NAME = ("ollama", "ollama_chat")
"""Providers whose engines answer 404 to a name they do not hold, whatever is loaded."""

_PORTS: Mapping[str, int] = MappingProxyType({"http": 80, "https": 443})


def aliases(cluster: Cluster, service: Service, model: Model) -> tuple[str, ...]:
    """The gateway names that end at this model of this service, as far as can be told."""
    here = [
        route
        for gateway in cluster.services
        for route in gateway.routes
        if _leads_to(route, gateway, service, cluster)
    ]
    return tuple(dict.fromkeys(route.alias for route in here if _names(route, service, model)))


def _leads_to(route: Route, gateway: Service, service: Service, cluster: Cluster) -> bool:
    try:
        base, own = urlsplit(route.api_base or ""), urlsplit(service.address)
        if _port(base) != _port(own):
            return False
    except ValueError:
        return False
    names = (
        own.hostname or "",
        service.node,
        *(node.address for node in cluster.nodes if node.name == service.node),
    )
    if base.hostname in {name.lower() for name in names}:
        return True
    # Said by the gateway, "localhost" is the gateway's own machine.
    return base.hostname in _LOOPBACK and gateway.node != "" and gateway.node == service.node


def _port(parts: SplitResult) -> int | None:
    """The port of a URL, which its scheme implies where it names none."""
    return parts.port or _PORTS.get(parts.scheme)


def _names(route: Route, service: Service, model: Model) -> bool:
    """An engine that knows the routed name answers with it; one that takes any name, with what is loaded."""
    provider, _, rest = route.model.partition("/")
    wanted = rest or provider
    known = {each.name for each in service.models}
    for name in (wanted, f"{wanted}:latest"):
        if name in known:
            return model.name == name
    return provider not in _BY_NAME and model.residency is Residency.LOADED
