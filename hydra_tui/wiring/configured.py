"""Targets out of a configuration."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from hydra_tui.adapters.base import catalogue
from hydra_tui.adapters.base.kind import Site
from hydra_tui.config.endpoints import service_url
from hydra_tui.config.load import Loaded
from hydra_tui.config.problems import ConfigProblems, Problem
from hydra_tui.config.schema import Config
from hydra_tui.config.schema_nodes import NodeConfig
from hydra_tui.config.schema_services import ModelConfig, ServiceConfig
from hydra_tui.config.secrets import resolve
from hydra_tui.core.cluster import Layer, Node, Service
from hydra_tui.core.errors import SecretError
from hydra_tui.core.inventory import InventoryEntry
from hydra_tui.engine.clock import Clock
from hydra_tui.engine.engine import Engine
from hydra_tui.engine.store import Store
from hydra_tui.engine.watched import WatchedNode, WatchedService
from hydra_tui.hosts.local import LocalHost
from hydra_tui.transport.ssh_address import SshAddress
from hydra_tui.wiring.kinds import KnownKinds


async def configured_engine(loaded: Loaded, clock: Clock | None = None) -> Engine:
    """An engine with a target per node and service. Raises `ConfigError` for secrets that cannot be had."""
    # Secrets may come from a command or a keyring that takes its time.
    keys = await asyncio.to_thread(_secrets, loaded)
    config = loaded.config
    nodes = [_node(node) for node in config.nodes]
    services = [_service(service, config, keys) for service in config.services]
    store = Store(config.cluster, simulated=config.simulation is not None)
    return Engine(store, [*nodes, *services], clock=clock)


def _secrets(loaded: Loaded) -> Mapping[str, str]:
    """Every referenced secret by its reference, or all that is wrong with them."""
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for index, service in enumerate(loaded.config.services):
        if service.key is None or service.key in found:
            continue
        try:
            found[service.key] = resolve(service.key)
        except SecretError as error:
            problems.append(loaded.places.problem(("services", index, "key"), str(error)))
    if problems:
        raise ConfigProblems(problems)
    return found


def _node(node: NodeConfig) -> WatchedNode:
    if node.ssh is None:
        seed = Node(node.name, interval_s=node.interval, address="local")
        return WatchedNode(seed, LocalHost(node.interval))
    # asyncssh is slow to import: a cluster without remote nodes does not pay for it.
    from hydra_tui.hosts.remote import RemoteHost
    from hydra_tui.transport.ssh import SshConnection

    connection = SshConnection(SshAddress(**dict(node.ssh)))
    seed = Node(node.name, interval_s=node.interval, address=node.ssh.host)
    return WatchedNode(seed, RemoteHost(connection, node.interval), connection.close)


def _service(service: ServiceConfig, config: Config, keys: Mapping[str, str]) -> WatchedService:
    kind = catalogue.load(service.kind)
    url = service_url(service, config.nodes, KnownKinds()[service.kind])
    seed = Service(
        service.name,
        service.kind,
        interval_s=service.interval or config.interval,
        node=service.node or "",
        layer=Layer(service.layer) if service.layer else kind.layer,
        address=url,
        title=kind.title,
        gpus=service.gpus,
    )
    site = Site(
        service.name,
        url,
        key=keys[service.key] if service.key else None,
        user=service.user,
        timeout_s=service.timeout,
        verify_tls=service.verify_tls,
        options=dict(service.options),
    )
    inventory = {model.name: _entry(model) for model in config.models if model.service == service.name}
    return WatchedService(seed, kind.build(site), service.timeout, inventory)


def _entry(model: ModelConfig) -> InventoryEntry:
    return InventoryEntry(model.name, model.format, model.quantisation, model.size, model.use_case or "")
