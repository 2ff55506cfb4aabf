"""`hydra-tui status` against the simulated cluster, down to the socket."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.commands import hydra

SERVICES = {"tabbyapi", "ollama", "litellm"}


@pytest.fixture
def healed(sim_config: Path) -> Iterator[Path]:
    """The simulation, well again after the test."""
    yield sim_config
    hydra("-c", sim_config, "sim", "heal")


def test_a_healthy_cluster_is_listed_whole_and_exits_0(sim_config: Path) -> None:
    ran = hydra("-c", sim_config, "status", "--json")
    assert (ran.status, ran.err) == (0, "")
    report = ran.json()
    assert report["cluster"] == "hydra"
    assert report["simulated"] is True
    assert [node["name"] for node in report["nodes"]] == ["hydra-ai", "hydra-compute", "hydra-storage"]
    assert {node["state"] for node in report["nodes"]} == {"up"}
    assert {service["name"] for service in report["services"]} == SERVICES
    assert {service["state"] for service in report["services"]} == {"up"}


def test_every_gpu_says_what_its_driver_measured(sim_config: Path) -> None:
    nodes = hydra("nodes", "--json", "-c", sim_config).json()["nodes"]
    gpus = [gpu for node in nodes for gpu in node["gpus"]]
    assert [gpu["name"].split("RTX ")[1] for gpu in gpus] == ["5090", "4090", "5070 Ti", "3060"]
    for gpu in gpus:
        assert 0 < gpu["vram_used_bytes"] < gpu["vram_total_bytes"]
        assert gpu["temperature_c"] > 20
        assert gpu["power_limit_w"] > gpu["power_w"] > 0
    for node in nodes:
        assert 0 <= node["cpu_percent"] <= 100
        assert node["uptime_s"] > 0


def test_services_carry_the_contract_s_keys(sim_config: Path) -> None:
    services = hydra("-c", sim_config, "services", "--json").json()["services"]
    for service in services:
        wanted = {"name", "kind", "node", "state", "reason", "latency_s", "version", "facts"}
        assert wanted <= service.keys()
        assert service["latency_s"] > 0
        assert service["facts"]


def test_models_say_where_they_are_and_who_says_so(sim_config: Path) -> None:
    models = {model["name"]: model for model in hydra("-c", sim_config, "models", "--json").json()["models"]}
    qwen = models["qwen2.5:7b"]
    assert (qwen["residency"], qwen["node"], qwen["vram_origin"]) == ("loaded", "hydra-compute", "claimed")
    assert qwen["aliases"] == ["gpt-3.5-turbo"]
    llama = next(model for name, model in models.items() if name.startswith("Llama-3.3-70B"))
    assert (llama["residency"], llama["gpus"], llama["aliases"]) == ("loaded", [0, 1], ["gpt-4"])
    assert llama["use_case"]


@pytest.mark.parametrize(
    ("target", "kind", "state", "words"),
    [
        ("ollama", "kill", "down", "connection refused"),
        ("tabbyapi", "garbage", "down", "not like TabbyAPI"),
        ("litellm", "unauthorised", "unauthorised", "key"),
        ("ollama", "error", "down", "HTTP 500"),
        ("tabbyapi", "hang", "down", "within"),
    ],
)
def test_a_failing_service_is_named_with_its_reason(
    healed: Path, target: str, kind: str, state: str, words: str
) -> None:
    assert hydra("-c", healed, "sim", "fault", target, kind).status == 0
    ran = hydra("-c", healed, "status", "--json")
    services = {service["name"]: service for service in ran.json()["services"]}
    assert ran.status == 1
    assert services[target]["state"] == state
    assert words in services[target]["reason"]
    others = [(name, each["reason"]) for name, each in services.items() if name != target]
    assert [reason for _, reason in others] == ["", ""], others


@pytest.mark.parametrize(
    ("kind", "words"),
    [(("host", "unreachable"), "connection refused"), (("changed-host-key",), "HAS CHANGED")],
)
def test_a_failing_node_is_named_with_its_reason(healed: Path, kind: tuple[str, ...], words: str) -> None:
    assert hydra("-c", healed, "sim", "fault", "hydra-ai", *kind).status == 0
    ran = hydra("status", "-c", healed, "--json")
    node = next(node for node in ran.json()["nodes"] if node["name"] == "hydra-ai")
    assert ran.status == 1
    assert node["state"] == "down"
    assert words in node["reason"]


def test_a_slow_service_is_still_up_and_its_latency_tells(healed: Path) -> None:
    hydra("-c", healed, "sim", "fault", "ollama", "slow")
    services = hydra("-c", healed, "status", "--json").json()["services"]
    ollama = next(service for service in services if service["name"] == "ollama")
    assert ollama["state"] == "up"
    assert ollama["latency_s"] > 0.5


def test_the_table_has_a_line_a_target(sim_config: Path) -> None:
    ran = hydra("-c", sim_config, "status")
    for name in ("hydra-ai", "hydra-compute", "hydra-storage", *SERVICES, "SIMULATED"):
        assert name in ran.out
    assert "\x1b" not in ran.out


def test_nobody_ever_asks_litellm_for_its_expensive_health(sim_config: Path) -> None:
    import asyncio

    from hydra_tui.config.secrets import resolve
    from hydra_tui.sim.remote_control import state
    from hydra_tui.wiring import load_config

    simulation = load_config(sim_config).config.simulation
    assert simulation is not None
    calls = asyncio.run(state(simulation.control, resolve(simulation.token))).calls["litellm"]
    assert calls.get("GET /health/liveliness", 0) > 0
    assert calls.get("GET /health", 0) == 0
