"""Every fault of a service, seen from outside; and what a lost host takes with it."""

from __future__ import annotations

import asyncio
import time

import httpx
import pytest

from hydra_tui.sim.faults import FaultRefused
from hydra_tui.sim.service_front import SLOW_S
from hydra_tui.sim.simulation import Simulation
from tests.sim.visitors import eventually, litellm, ollama, tabby, visit

SERVICES = ("tabbyapi", "ollama", "litellm")

CLIENTS = {"tabbyapi": tabby, "ollama": ollama, "litellm": litellm}

PATHS = {"tabbyapi": "/v1/model", "ollama": "/api/tags", "litellm": "/v1/models"}
"""A path of each that wants a key where there are keys, and answers JSON."""


async def ask(cluster: Simulation, service: str, patience_s: float = 5.0) -> httpx.Response:
    async with CLIENTS[service](cluster) as client:
        return await client.get(PATHS[service], timeout=patience_s)


@pytest.mark.parametrize("service", SERVICES)
async def test_a_killed_service_refuses_and_comes_back_on_the_same_port(
    cluster: Simulation, service: str
) -> None:
    for _ in range(2):
        await cluster.board.fault(service, "kill")
        with pytest.raises(httpx.ConnectError, match="failed"):
            await ask(cluster, service)
        await cluster.board.heal(service)
        assert (await ask(cluster, service)).status_code == 200


async def test_a_kill_ends_the_connections_there_are(unhurried: Simulation) -> None:
    question = {"model": "qwen2.5:7b", "prompt": "hi"}
    async with ollama(unhurried) as client, client.stream("POST", "/api/generate", json=question) as reply:
        await unhurried.board.fault("ollama", "kill")
        with pytest.raises(httpx.TransportError):
            await reply.aread()


@pytest.mark.parametrize("service", SERVICES)
async def test_a_slow_service_answers_late_and_well(cluster: Simulation, service: str) -> None:
    await cluster.board.fault(service, "slow")
    begun = time.monotonic()
    assert (await ask(cluster, service)).status_code == 200
    assert SLOW_S <= time.monotonic() - begun < 5.0


@pytest.mark.parametrize("service", SERVICES)
async def test_a_hanging_service_takes_the_connection_and_never_answers(
    cluster: Simulation, service: str
) -> None:
    await cluster.board.fault(service, "hang")
    with pytest.raises(httpx.ReadTimeout):
        await ask(cluster, service, patience_s=0.4)


async def test_who_waits_at_a_hanging_service_is_let_go_when_it_heals(cluster: Simulation) -> None:
    await cluster.board.fault("ollama", "hang")
    waiting = asyncio.create_task(ask(cluster, "ollama", patience_s=10))
    await eventually(lambda: _arrived(cluster), looks=100_000)
    await cluster.board.heal("ollama")
    with pytest.raises(httpx.RemoteProtocolError):
        await waiting
    assert (await ask(cluster, "ollama")).status_code == 200


async def _arrived(cluster: Simulation) -> bool:
    await asyncio.sleep(0)
    return cluster.world.calls["ollama", "GET /api/tags"] > 0


@pytest.mark.parametrize("service", SERVICES)
async def test_garbage_is_a_200_that_is_no_json(cluster: Simulation, service: str) -> None:
    await cluster.board.fault(service, "garbage")
    reply = await ask(cluster, service)
    assert reply.status_code == 200
    with pytest.raises(ValueError, match=r"codec|Expecting"):
        reply.json()


@pytest.mark.parametrize(
    ("service", "status", "body"),
    [
        ("tabbyapi", 401, '{"detail":"Invalid API key"}'),
        ("ollama", 403, ""),
        ("litellm", 401, "token_not_found_in_db"),
    ],
)
async def test_an_unauthorised_service_refuses_the_right_key(
    cluster: Simulation, service: str, status: int, body: str
) -> None:
    await cluster.board.fault(service, "unauthorized")
    reply = await ask(cluster, service)
    assert reply.status_code == status
    assert body in reply.text


@pytest.mark.parametrize(("service", "path"), [("tabbyapi", "/health"), ("litellm", "/health/liveliness")])
async def test_what_needs_no_key_stays_open_to_the_unauthorised(
    cluster: Simulation, service: str, path: str
) -> None:
    await cluster.board.fault(service, "unauthorised")
    async with visit(cluster, service) as client:
        assert (await client.get(path)).status_code == 200


@pytest.mark.parametrize(
    ("service", "path", "status", "body"),
    [
        ("tabbyapi", "/v1/model", 500, "Internal Server Error"),
        ("tabbyapi", "/health", 503, '"status":"unhealthy"'),
        ("ollama", "/api/tags", 500, '{"error":"'),
        ("litellm", "/v1/models", 500, '"type":"internal_server_error"'),
    ],
)
async def test_an_error_has_the_shape_of_its_service(
    cluster: Simulation, service: str, path: str, status: int, body: str
) -> None:
    await cluster.board.fault(service, "error")
    async with CLIENTS[service](cluster) as client:
        reply = await client.get(path)
    assert reply.status_code == status
    assert body in reply.text


async def test_a_lost_host_takes_its_services_and_brings_them_back(cluster: Simulation) -> None:
    await cluster.board.fault("hydra-ai", "host-unreachable")
    with pytest.raises(httpx.ConnectError):
        await ask(cluster, "tabbyapi")
    assert (await ask(cluster, "ollama")).status_code == 200
    await cluster.board.heal("hydra-ai")
    assert (await ask(cluster, "tabbyapi")).status_code == 200


async def test_a_service_that_was_killed_itself_stays_dead_when_its_host_returns(cluster: Simulation) -> None:
    await cluster.board.fault("tabbyapi", "kill")
    await cluster.board.fault("hydra-ai", "unreachable")
    assert await cluster.board.heal("hydra-ai") == ("hydra-ai",)
    with pytest.raises(httpx.ConnectError):
        await ask(cluster, "tabbyapi")


async def test_heal_all_names_those_that_were_ill(cluster: Simulation) -> None:
    await cluster.board.fault("hydra-ai", "slow")
    await cluster.board.fault("ollama", "garbage")
    assert await cluster.board.heal(None) == ("hydra-ai", "ollama")
    assert await cluster.board.heal(None) == ()
    assert (await ask(cluster, "ollama")).json()["models"]


async def test_a_new_fault_replaces_the_old_one(cluster: Simulation) -> None:
    await cluster.board.fault("ollama", "kill")
    assert await cluster.board.fault("OLLAMA", "Error") == ("ollama", "error")
    assert (await ask(cluster, "ollama")).status_code == 500


@pytest.mark.parametrize(
    ("target", "kind", "told"),
    [
        ("olama", "kill", "did you mean `ollama`"),
        ("nothing", "kill", "hydra-ai, hydra-compute, hydra-storage, tabbyapi, ollama, litellm"),
        ("ollama", "changed-host-key", "kill, slow, hang, garbage, unauthorised, error"),
    ],
)
async def test_a_wrong_name_is_answered_with_the_right_ones(
    cluster: Simulation, target: str, kind: str, told: str
) -> None:
    with pytest.raises(FaultRefused) as refused:
        await cluster.board.fault(target, kind)
    assert told in str(refused.value)
