"""A node of the configuration as something the engine can watch."""

from __future__ import annotations

from hydra_tui.config.schema_nodes import NodeConfig
from hydra_tui.core.cluster import Node
from hydra_tui.engine.watched import WatchedNode
from hydra_tui.hosts.local import LocalHost
from hydra_tui.hosts.remote import RemoteHost
from hydra_tui.transport.ssh import SshConnection
from hydra_tui.transport.ssh_address import SshAddress


def node_target(node: NodeConfig) -> WatchedNode:
    """This machine, or a host behind SSH with a connection of its own."""
    if node.ssh is None:
        seed = Node(node.name, interval_s=node.interval, address="local")
        return WatchedNode(seed, LocalHost(node.interval))
    connection = SshConnection(SshAddress(**dict(node.ssh)))
    seed = Node(node.name, interval_s=node.interval, address=node.ssh.host)
    return WatchedNode(seed, RemoteHost(connection, node.interval), connection.close)
