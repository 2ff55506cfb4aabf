"""Without a configuration: this machine, and the services that are found on it."""

from __future__ import annotations

import socket
from collections.abc import Sequence

from hydra_tui.adapters.base import catalogue
from hydra_tui.adapters.base.discovery import Found, discover
from hydra_tui.adapters.base.kind import Site
from hydra_tui.config.paths import default_path
from hydra_tui.core.cluster import Node, Service
from hydra_tui.engine.engine import Engine
from hydra_tui.engine.memory import Memory
from hydra_tui.engine.store import Store
from hydra_tui.engine.target import Target
from hydra_tui.engine.watched import WatchedNode, WatchedService
from hydra_tui.hosts.local import LocalHost

NODE_INTERVAL_S = 2.0
SERVICE_INTERVAL_S = 5.0
TIMEOUT_S = 5.0


class Scout:
    """Looks for services on well-known ports of loopback; tells only of new ones."""

    def __init__(self, node: str) -> None:
        self._node = node
        self._known: set[Found] = set()

    async def __call__(self) -> Sequence[Target]:
        found = [each for each in await discover() if each not in self._known]
        targets = [_target(each, self._node) for each in found]
        self._known.update(found)
        return targets


def this_machine_engine(memory: Memory | None = None) -> Engine:
    """An engine that watches the machine it runs on."""
    name = socket.gethostname().partition(".")[0] or "localhost"
    node = WatchedNode(
        Node(name, NODE_INTERVAL_S, address="local", source="local"), LocalHost(NODE_INTERVAL_S)
    )
    notice = f"only this machine; to watch others: hydra-tui config init, then edit {default_path()}"
    return Engine(Store(name, notice=notice), [node], scout=Scout(name), memory=memory)


def _target(found: Found, node: str) -> WatchedService:
    kind = catalogue.load(found.kind)
    url = f"{kind.scheme}://{found.host}:{found.port}"
    name = kind.name if kind.name != node else f"{kind.name}-service"
    seed = Service(
        name, kind.name, SERVICE_INTERVAL_S, node=node, layer=kind.layer, address=url, title=kind.title
    )
    return WatchedService(seed, kind.build(Site(name, url, timeout_s=TIMEOUT_S)), TIMEOUT_S, {})
