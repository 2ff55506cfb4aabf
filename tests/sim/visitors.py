"""How tests reach a running simulation: as any client would, over its sockets."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Mapping

import asyncssh
import httpx

from hydra_tui.core.host import HostCounters
from hydra_tui.hosts.frames import FrameParser
from hydra_tui.hosts.script import sampling_command
from hydra_tui.sim.simulation import Simulation
from hydra_tui.sim.ssh_keys import USER


def url_of(cluster: Simulation, service: str) -> str:
    """Where a service of the simulation answers."""
    return cluster.whereabouts.urls[service]


def visit(cluster: Simulation, service: str, headers: Mapping[str, str] | None = None) -> httpx.AsyncClient:
    """An HTTP client of a service, without keys of its own."""
    return httpx.AsyncClient(base_url=url_of(cluster, service), headers=headers, timeout=10, trust_env=False)


def tabby(cluster: Simulation) -> httpx.AsyncClient:
    """A client with TabbyAPI's admin key."""
    return visit(cluster, "tabbyapi", {"Authorization": f"Bearer {cluster.credentials.tabby.admin}"})


def ollama(cluster: Simulation) -> httpx.AsyncClient:
    """A client of Ollama, which knows no keys."""
    return visit(cluster, "ollama")


def litellm(cluster: Simulation) -> httpx.AsyncClient:
    """A client with LiteLLM's master key."""
    return visit(cluster, "litellm", {"Authorization": f"Bearer {cluster.credentials.litellm_master}"})


async def log_in(cluster: Simulation, node: str, user: str = USER) -> asyncssh.SSHClientConnection:
    """A connection to a node, its host key checked against the written known_hosts."""
    places = cluster.whereabouts
    return await asyncssh.connect(
        "127.0.0.1",
        places.ssh_ports[node],
        username=user,
        client_keys=[str(places.identity)],
        known_hosts=str(places.known_hosts),
        config=None,
        agent_path=None,
        connect_timeout=3,
    )


async def frames(connection: asyncssh.SSHClientConnection, count: int = 1) -> list[HostCounters]:
    """So many looks at a host, by the real sampling command and the real parser."""
    parser, looks = FrameParser(), list[HostCounters]()
    process = await connection.create_process(sampling_command(0.05), errors="replace")
    while len(looks) < count:
        look = parser.feed(await process.stdout.readline())
        looks += [look] if look else []
    process.stdin.write_eof()
    await process.wait()
    return looks


async def look_at(cluster: Simulation, node: str) -> HostCounters:
    """One look at a node, over a connection of its own."""
    async with await log_in(cluster, node) as connection:
        looks = await frames(connection)
    return looks[0]


async def eventually(look: Callable[[], Awaitable[bool]], looks: int = 2000) -> None:
    """Wait for a condition, not for a duration; each look costs a request, and that is the pace."""
    for _ in range(looks):
        if await look():
            return
    raise AssertionError(f"it did not come to hold within {looks} looks")


def wait_until(holds: Callable[[], bool], seconds: float = 5.0) -> bool:
    """Whether it comes to hold within so many seconds."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True
