"""Without a configuration: this machine, and what is found on it."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from pathlib import Path

import pytest

from hydra_tui.adapters.base.discovery import Found
from hydra_tui.core.cluster import Layer, Service
from hydra_tui.core.errors import ConfigError
from hydra_tui.core.state import State
from hydra_tui.wiring import watch
from hydra_tui.wiring.this_machine import Scout, this_machine_engine
from tests.loopback import closed_port

PATIENCE_S = 20.0


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> list[Found]:
    """What the next discovery finds; no port of this machine is touched."""
    found: list[Found] = []

    async def discover() -> Sequence[Found]:
        return list(found)

    monkeypatch.setattr("hydra_tui.wiring.this_machine.discover", discover)
    return found


async def test_a_scout_tells_of_each_service_once(found: list[Found]) -> None:
    scout = Scout("desk")
    assert await scout() == []
    found.append(Found("ollama", "127.0.0.1", 11434))
    assert [target.seed.name for target in await scout()] == ["ollama"]
    found.append(Found("redis", "127.0.0.1", 6379))
    assert [target.seed.name for target in await scout()] == ["redis"]
    assert await scout() == []


async def test_what_is_found_is_seeded_as_its_kind(found: list[Found]) -> None:
    found.append(Found("litellm", "127.0.0.1", 4000))
    (target,) = await Scout("desk")()
    assert target.seed == Service(
        "litellm", "litellm", 5.0, "desk", Layer.ROUTING, "http://127.0.0.1:4000", "LiteLLM"
    )


async def test_a_service_is_not_mistaken_for_a_machine_of_its_name(found: list[Found]) -> None:
    found.append(Found("ollama", "127.0.0.1", 11434))
    (target,) = await Scout("ollama")()
    assert target.seed.name == "ollama-service"


@pytest.mark.parametrize(
    ("host", "name"), [("desk", "desk"), ("desk.example.net", "desk"), ("", "localhost"), (".x", "localhost")]
)
async def test_the_machine_goes_by_its_short_name(
    host: str, name: str, found: list[Found], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "gethostname", lambda: host)
    async with this_machine_engine() as engine:
        cluster = await engine.settled(lambda cluster: True, PATIENCE_S)
    assert (cluster.name, [node.name for node in cluster.nodes]) == (name, [name])
    assert "hydra-tui config init" in cluster.notice


async def test_this_machine_and_what_was_found_on_it_are_watched(found: list[Found]) -> None:
    found.append(Found("redis", "127.0.0.1", closed_port()))
    async with watch(None) as engine:
        cluster = await engine.settled(lambda cluster: cluster.complete, PATIENCE_S)
    assert cluster.nodes[0].sample is not None
    assert [(service.name, service.state) for service in cluster.services] == [("redis", State.DOWN)]


async def test_a_configuration_is_watched_instead_where_there_is_one(
    found: list[Found], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "config.yaml"
    config.write_text("cluster: lab")
    monkeypatch.setenv("HYDRA_TUI_CONFIG", str(config))
    async with watch(None) as engine:
        assert (await engine.settled(lambda cluster: True, PATIENCE_S)).name == "lab"


async def test_a_configuration_that_somebody_named_and_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no such file"):
        async with watch(tmp_path / "missing.yaml"):
            pytest.fail("nothing to watch")
