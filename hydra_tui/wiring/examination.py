"""The nodes of a configuration, examined: what each lets us do, beside what is asked of it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Sequence

from hydra_tui.config.schema import Config
from hydra_tui.config.schema_nodes import NodeConfig
from hydra_tui.core.checks import Check, not_applicable
from hydra_tui.hosts.capabilities import examine_local, examine_remote
from hydra_tui.hosts.checks.expectations import Expectations
from hydra_tui.transport.ssh import SshConnection
from hydra_tui.transport.ssh_address import SshAddress

AT_ONCE = 32
"""Nodes examined at a time: each login costs a key exchange here."""

_UNIT_TYPES = (".service", ".socket", ".timer", ".target", ".mount", ".path", ".slice", ".scope")

Examined = tuple[str, tuple[Check, ...]]
"""The name of a node, and its checklist."""


async def examine_nodes(config: Config, nodes: Sequence[NodeConfig]) -> AsyncIterator[Examined]:
    """Each of `nodes` as soon as it is done; a dead one keeps no other waiting."""
    room = asyncio.Semaphore(AT_ONCE)

    async def one(node: NodeConfig) -> Examined:
        async with room:
            return node.name, await _examine(node, expectations(config, node.name))

    tasks = [asyncio.create_task(one(node)) for node in nodes]
    try:
        for done in asyncio.as_completed(tasks):
            yield await done
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def examine_this_machine() -> AsyncIterator[Examined]:
    """The machine we run on, of which nothing is asked."""
    yield socket.gethostname(), await examine_local(Expectations())


async def _examine(node: NodeConfig, expected: Expectations) -> tuple[Check, ...]:
    if node.local:
        return await examine_local(expected)
    if node.ssh is None:
        return (not_applicable("ssh-login", "the metrics server tells of this node: it is not logged in to"),)
    address = SshAddress(**dict(node.ssh))
    connection = SshConnection(address)
    try:
        return await examine_remote(connection, address, expected)
    finally:
        await connection.close()


def expectations(config: Config, node: str) -> Expectations:
    """What the services of a node want of it."""
    services = [service for service in config.services if service.node == node]
    sources = [service.logs.partition(":") for service in services if service.logs]
    return Expectations(
        gpus=any(service.gpus for service in services),
        units=tuple(_unit(name) for scheme, _, name in sources if scheme == "systemd"),
        containers=tuple(name for scheme, _, name in sources if scheme == "docker"),
    )


def _unit(name: str) -> str:
    """As systemctl completes it."""
    return name if name.endswith(_UNIT_TYPES) else f"{name}.service"
