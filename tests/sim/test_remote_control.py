"""Ordering faults from outside, as the command line does."""

from __future__ import annotations

import pytest

from hydra_tui.core.errors import ConnectionRefused, TargetError, Unauthorised
from hydra_tui.sim import remote_control
from hydra_tui.sim.faults import FaultRefused
from hydra_tui.sim.simulation import Simulation
from tests.sim.visitors import ollama, url_of


async def test_a_fault_comes_and_goes_on_order(cluster: Simulation) -> None:
    url, token = cluster.control.url, cluster.credentials.control_token
    assert await remote_control.fault(url, token, "Hydra_AI", "host unreachable") == (
        "hydra-ai",
        "unreachable",
    )
    assert await remote_control.fault(url, token, "ollama", "500") == ("ollama", "error")
    told = await remote_control.state(url, token)
    assert {target.name: target.fault for target in told.targets if target.fault} == {
        "hydra-ai": "unreachable",
        "ollama": "error",
    }
    assert await remote_control.heal(url, token, "ollama") == ("ollama",)
    assert await remote_control.heal(url, token) == ("hydra-ai",)


async def test_the_state_tells_the_world_and_who_asked_for_what(cluster: Simulation) -> None:
    async with ollama(cluster) as client:
        await client.get("/api/ps")
        await client.get("/api/ps")
    told = await remote_control.state(cluster.control.url, cluster.credentials.control_token)
    assert told.seed == 7
    assert told.time_s > 0
    assert [(target.name, target.role) for target in told.targets] == [
        *((name, "node") for name in ("hydra-ai", "hydra-compute", "hydra-storage")),
        *((name, "service") for name in ("tabbyapi", "ollama", "litellm")),
    ]
    assert told.targets[0].faults == ("unreachable", "changed-host-key", "hang", "slow")
    assert told.calls["ollama"] == {"GET /api/ps": 2}
    assert "GET /health" not in told.calls.get("litellm", {})


@pytest.mark.parametrize(
    ("target", "kind", "told"),
    [("tabby", "kill", "did you mean `tabbyapi`"), ("tabbyapi", "kil", "did you mean `kill`")],
)
async def test_a_wrong_word_is_answered_with_the_nearest(
    cluster: Simulation, target: str, kind: str, told: str
) -> None:
    with pytest.raises(FaultRefused) as refused:
        await remote_control.fault(cluster.control.url, cluster.credentials.control_token, target, kind)
    assert told in str(refused.value)


async def test_a_wrong_token_is_refused(cluster: Simulation) -> None:
    with pytest.raises(Unauthorised):
        await remote_control.heal(cluster.control.url, "nonsense")
    assert cluster.credentials.control_token not in repr(cluster.credentials)


async def test_no_simulation_is_a_refused_connection(cluster: Simulation) -> None:
    await cluster.control.stop()
    with pytest.raises(ConnectionRefused):
        await remote_control.state(cluster.control.url, "any")


async def test_another_server_is_not_taken_for_a_simulation(cluster: Simulation) -> None:
    with pytest.raises(TargetError):
        await remote_control.state(url_of(cluster, "ollama"), "any")
