"""Nodes of the configuration as something the engine can watch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hydra_tui.config.schema import Config
from hydra_tui.config.schema_metrics import MetricsConfig
from hydra_tui.config.schema_nodes import NodeConfig, SshConfig
from hydra_tui.core.cluster import Node
from hydra_tui.engine.target import Target
from hydra_tui.engine.told import ToldNode
from hydra_tui.engine.watched import WatchedNode
from hydra_tui.hosts.local import LocalHost
from hydra_tui.hosts.prometheus.fleet import Fleet
from hydra_tui.hosts.remote import RemoteHost
from hydra_tui.transport.ssh import SshConnection
from hydra_tui.transport.ssh_address import SshAddress
from hydra_tui.wiring.metrics_server import fleet_of


def node_targets(config: Config, keys: Mapping[str, str]) -> Iterator[Target]:
    """A target per node; those that the metrics server tells of share it. `keys` are secrets by reference."""
    metrics = config.metrics
    fleet = fleet_of(metrics, keys) if metrics else None
    for node in config.nodes:
        if node.metrics and metrics and fleet:
            yield _told(node, metrics, fleet)
        else:
            yield _local(node) if node.ssh is None else _remote(node, node.ssh)


def _local(node: NodeConfig) -> WatchedNode:
    seed = Node(node.name, interval_s=node.interval, address="local", source="local")
    return WatchedNode(seed, LocalHost(node.interval))


def _remote(node: NodeConfig, ssh: SshConfig) -> WatchedNode:
    """A host behind SSH, with a connection of its own."""
    connection = SshConnection(SshAddress(**dict(ssh)))
    seed = Node(node.name, interval_s=node.interval, address=ssh.host, source="ssh")
    return WatchedNode(seed, RemoteHost(connection, node.interval), connection.close)


def _told(node: NodeConfig, metrics: MetricsConfig, fleet: Fleet) -> ToldNode:
    label = node.name if node.metrics is True else str(node.metrics)
    seed = Node(node.name, interval_s=metrics.interval, address=label, source="prometheus")
    return ToldNode(seed, fleet.node(label), 2.0 * metrics.timeout)
