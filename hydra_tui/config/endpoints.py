"""The URL a service is asked at: what its kind allows, and what `node` and `port` make of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType
from urllib.parse import urlsplit

from hydra_tui.config.addresses import bracketed
from hydra_tui.config.kind_names import KindNames
from hydra_tui.config.schema_nodes import NodeConfig
from hydra_tui.config.schema_services import ServiceConfig
from hydra_tui.config.urls import port_of

_SECURE: Mapping[str, str] = MappingProxyType({"http": "https", "redis": "rediss"})
"""The same protocol inside TLS, where that has a scheme of its own."""


def schemes(kind: KindNames) -> tuple[str, ...]:
    """How a URL of that kind may begin."""
    return tuple(filter(None, (kind.scheme, _SECURE.get(kind.scheme))))


def service_url(service: ServiceConfig, nodes: Collection[NodeConfig], kind: KindNames) -> str:
    """The URL of a loaded service: with scheme and port, without a trailing slash.

    >>> from hydra_tui.config.schema_nodes import SshConfig
    >>> node = NodeConfig(name="ai", ssh=SshConfig(host="hydra-ai"))
    >>> service = ServiceConfig(name="tabby", kind="tabbyapi", node="ai", port=5000)
    >>> service_url(service, [node], KindNames("http", None, frozenset()))
    'http://hydra-ai:5000'
    """
    if service.url is None:
        host = next(node.host for node in nodes if node.name == service.node)
        return f"{kind.scheme}://{bracketed(host)}:{service.port or kind.default_port}"
    parts = urlsplit(service.url)
    return f"{parts.scheme}://{bracketed(parts.hostname or '')}:{port_of(parts)}{parts.path}".rstrip("/")
