"""The file that the console reads: valid, private, and everything in it can be reached."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from hydra_tui.sim.clock import RunningClock
from hydra_tui.sim.private_directory import replace_privately
from hydra_tui.sim.simulation import Simulation
from hydra_tui.wiring import load_config
from tests.sim.visitors import log_in


@pytest.fixture
def written(cluster: Simulation, tmp_path: Path) -> Path:
    path = tmp_path / "simulated.yaml"
    cluster.write_configuration(path)
    return path


@pytest.fixture
def document(written: Path) -> dict[str, Any]:
    parsed: dict[str, Any] = yaml.safe_load(written.read_text())
    return parsed


def test_the_schema_takes_it(written: Path) -> None:
    config = load_config(written).config
    assert config.cluster == "hydra"
    assert [node.name for node in config.nodes] == ["hydra-ai", "hydra-compute", "hydra-storage"]
    assert {service.name: service.node for service in config.services} == {
        "tabbyapi": "hydra-ai",
        "ollama": "hydra-compute",
        "litellm": "hydra-storage",
    }
    assert [node.interval for node in config.nodes] == [2.0, 2.0, 2.0]
    assert config.interval == 5.0
    assert config.simulation is not None


def test_the_inventory_covers_the_models_of_the_document(written: Path) -> None:
    models = {model.name: model for model in load_config(written).config.models}
    assert {model.quantisation for model in models.values() if model.format == "EXL2"} == {"4.0bpw"}
    assert models["Llama-3.3-70B-Instruct-exl2-4.0bpw"].size == 36_200_000_000
    assert models["codestral:22b"].use_case == "code generation"


def test_it_is_private_and_holds_no_secret(cluster: Simulation, written: Path) -> None:
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    text = written.read_text()
    keys = cluster.credentials
    for secret in (keys.tabby.admin, keys.tabby.api, keys.litellm_master, keys.control_token):
        assert secret not in text


def test_its_secrets_lie_in_private_files(cluster: Simulation) -> None:
    directory = cluster.whereabouts.identity.parent
    assert stat.S_IMODE(directory.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in directory.iterdir()} == {0o600}
    assert cluster.whereabouts.key_files["tabbyapi"].read_text() == cluster.credentials.tabby.admin


async def test_everything_in_it_answers(cluster: Simulation, document: dict[str, Any]) -> None:
    async with httpx.AsyncClient(trust_env=False) as client:
        for service in document["services"]:
            assert (await client.get(service["url"])).status_code in (200, 404)
        assert (await client.get(f"{document['simulation']['control']}/state")).status_code == 401
    for node in document["nodes"]:
        async with await log_in(cluster, node["name"]) as connection:
            assert (await connection.run("true")).exit_status == 0


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text("old")
    replace_privately(path, "new")
    assert path.read_text() == "new"
    with pytest.raises(OSError, match="No such file"):
        replace_privately(tmp_path / "missing" / "config.yaml", "new")
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["config.yaml"]


async def test_the_private_directory_is_gone_with_the_cluster() -> None:
    async with Simulation(1, RunningClock()) as cluster:
        directory = cluster.whereabouts.identity.parent
        assert directory.is_dir()
    assert not directory.exists()
