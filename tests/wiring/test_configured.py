"""From what the operator wrote to targets that are watched."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from hydra_tui.core.cluster import Cluster, Layer, Node, Service
from hydra_tui.core.errors import ConfigError
from hydra_tui.core.models import Model
from hydra_tui.core.state import State
from hydra_tui.engine.engine import Engine
from hydra_tui.wiring import load_config
from hydra_tui.wiring.configured import configured_engine
from tests.loopback import Answer, Spy, closed_port, replaying, serving

PATIENCE_S = 20.0


async def wired(folder: Path, text: str) -> Engine:
    """The engine of the configuration that `text` is."""
    path = folder / "config.yaml"
    path.write_text(text)
    return await configured_engine(load_config(path))


@asynccontextmanager
async def watching(folder: Path, text: str) -> AsyncIterator[Cluster]:
    """The cluster of the configuration that `text` is, once everything was asked."""
    async with await wired(folder, text) as engine:
        yield await engine.settled(lambda cluster: cluster.complete, PATIENCE_S)


async def refused(folder: Path, text: str) -> list[str]:
    """What is said of a configuration that cannot be wired, without the folder in front."""
    with pytest.raises(ConfigError) as error:
        await wired(folder, text)
    return [line.removeprefix(f"{folder}/") for line in str(error.value).splitlines()]


async def test_every_service_is_seeded_as_it_was_written(tmp_path: Path) -> None:
    port = closed_port()
    text = f"""
    cluster: lab
    interval: 7s
    nodes:
      - {{name: desk, local: true}}
      - {{name: remote, ssh: {{host: 127.0.0.1, port: {port}}}, interval: 4s}}
    services:
      - {{name: webui, kind: http, node: desk, port: {port}, layer: interface, gpus: [1, 0]}}
      - {{name: bare, kind: tcp, url: "tcp://127.0.0.1:{port}", interval: 30s}}
      - {{name: proxied, kind: http, url: "http://127.0.0.1:{port}/litellm/", node: remote}}
      - {{name: ollama, kind: ollama, node: remote}}
    """
    async with await wired(tmp_path, text) as engine:
        cluster = await engine.settled(lambda cluster: True, PATIENCE_S)
    assert (cluster.name, cluster.simulated, cluster.notice) == ("lab", False, "")
    nodes = [(node.name, node.address, node.interval_s) for node in cluster.nodes]
    assert nodes == [("desk", "local", 2.0), ("remote", "127.0.0.1", 4.0)]
    here = f"http://127.0.0.1:{port}"
    assert [seed_of(service) for service in cluster.services] == [
        Service("webui", "http", 7.0, "desk", Layer.INTERFACE, here, "HTTP service", (1, 0)),
        Service("bare", "tcp", 30.0, "", Layer.OTHER, f"tcp://127.0.0.1:{port}", "TCP port"),
        Service("proxied", "http", 7.0, "remote", Layer.OTHER, f"{here}/litellm", "HTTP service"),
        Service("ollama", "ollama", 7.0, "remote", Layer.INFERENCE, "http://127.0.0.1:11434", "Ollama"),
    ]


def seed_of(service: Service) -> Service:
    """Who the service is, without what was read of it."""
    known = Service(service.name, service.kind, service.interval_s)
    own = {name: getattr(service, name) for name in ("node", "layer", "address", "title", "gpus")}
    return replace(known, **own)


async def test_what_listens_nowhere_is_down_for_a_reason(tmp_path: Path) -> None:
    port = closed_port()
    text = f"""
    nodes:
      - {{name: gone, ssh: {{host: 127.0.0.1, port: {port}}}}}
    services:
      - {{name: page, kind: http, node: gone, port: {port}}}
      - {{name: port, kind: tcp, node: gone, port: {port}}}
    """
    async with watching(tmp_path, text) as cluster:
        targets: list[Node | Service] = [*cluster.nodes, *cluster.services]
    assert [target.state for target in targets] == [State.DOWN] * 3
    assert {target.reason for target in targets} == {
        f"connection refused: nothing listens on 127.0.0.1:{port}"
    }


async def test_the_address_of_a_node_is_where_its_services_are(tmp_path: Path) -> None:
    spy = Spy()
    async with serving(replaying({"/": Answer()}, spy)) as port:
        text = f"""
        nodes:
          - {{name: elsewhere, ssh: {{host: nowhere, config: {tmp_path}/none}}, address: 127.0.0.1}}
        services:
          - {{name: page, kind: http, node: elsewhere, port: {port}}}
        """
        async with watching(tmp_path, text) as cluster:
            assert cluster.services[0].state is State.UP
            assert cluster.services[0].address == f"http://127.0.0.1:{port}"
    assert spy.requests[0] == "GET /"


async def test_each_service_gets_its_own_secret_and_options(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FIRST_KEY", "sk-first")
    (tmp_path / "second").write_text("sk-second\n")
    spy = Spy()
    async with serving(replaying({"/alive": Answer(204)}, spy)) as port:
        text = f"""
        services:
          - name: first
            kind: http
            url: http://127.0.0.1:{port}
            key: env:FIRST_KEY
            options: {{path: /alive, status: 204}}
          - name: second
            kind: http
            url: http://127.0.0.1:{port}
            key: file:{tmp_path}/second
            options: {{path: /alive}}
          - {{name: open, kind: http, url: "http://127.0.0.1:{port}", options: {{path: /alive}}}}
        """
        async with watching(tmp_path, text) as cluster:
            assert [service.state for service in cluster.services] == [State.UP] * 3
    assert spy.requests == ["GET /alive"] * 3
    sent = sorted(key.partition(":")[2].strip() for key in spy.keys)
    assert sent == ["Bearer sk-first", "Bearer sk-second"]


async def test_secrets_that_cannot_be_had_are_told_all_at_once_with_their_lines(tmp_path: Path) -> None:
    text = f"""\
services:
  - name: first
    kind: http
    url: http://127.0.0.1:9
    key: env:NOT_SET_ANYWHERE
  - name: fine
    kind: tcp
    url: tcp://127.0.0.1:9
  - name: third
    kind: http
    url: http://127.0.0.1:9
    key: file:{tmp_path}/missing
  - name: fourth
    kind: http
    url: http://127.0.0.1:9
    key: env:NOT_SET_ANYWHERE
"""
    report = await refused(tmp_path, text)
    assert [line.split(": `")[0] for line in report] == [
        "config.yaml:5:5: services[0].key",
        "config.yaml:12:5: services[2].key",
        "config.yaml:16:5: services[3].key",
    ]
    assert "`env:NOT_SET_ANYWHERE`: the variable is not set" in report[0]
    assert "the file cannot be read (No such file or directory)" in report[1]


async def test_a_report_about_secrets_tells_none_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOOD_KEY", "sk-good-one")
    (tmp_path / "two-lines").write_text("sk-line-one\nsk-line-two")
    text = f"""
    services:
      - {{name: good, kind: http, url: "http://127.0.0.1:9", key: env:GOOD_KEY}}
      - {{name: bad, kind: http, url: "http://127.0.0.1:9", key: "file:{tmp_path}/two-lines"}}
    """
    (report,) = await refused(tmp_path, text)
    assert "it is more than one line of text" in report
    assert "sk-" not in report


async def test_the_inventory_completes_the_models_of_its_own_service(tmp_path: Path) -> None:
    replies = {
        "/api/version": Answer.of_json({"version": "0.13.1"}),
        "/api/tags": Answer.of_json({"models": [{"name": "qwen2.5:7b"}, {"name": "llama:8b"}]}),
        "/api/ps": Answer.of_json({"models": []}),
    }
    async with serving(replaying(replies, Spy())) as port:
        text = f"""
        services:
          - {{name: one, kind: ollama, url: "http://127.0.0.1:{port}"}}
          - {{name: two, kind: ollama, url: "http://127.0.0.1:{port}"}}
        models:
          - {{name: "qwen2.5:7b", service: one, quantisation: Q8_0, use_case: Fast}}
          - {{name: "qwen2.5:7b", service: two, quantisation: Q4_0}}
          - {{name: "absent:1b", service: one}}
        """
        async with watching(tmp_path, text) as cluster:
            one, two = cluster.services
    assert shown(one.models) == [("qwen2.5:7b", "Q8_0", "Fast"), ("llama:8b", None, "")]
    assert shown(two.models) == [("qwen2.5:7b", "Q4_0", ""), ("llama:8b", None, "")]


def shown(models: tuple[Model, ...]) -> list[tuple[str, str | None, str]]:
    return [(model.name, model.quantisation, model.use_case) for model in models]


async def test_the_configuration_of_a_simulation_says_so(tmp_path: Path) -> None:
    text = """
    simulation: {control: "http://127.0.0.1:9", token: "env:NOT_NEEDED_TO_WATCH"}
    """
    async with watching(tmp_path, text) as cluster:
        assert cluster.simulated


async def test_an_option_that_its_kind_cannot_use_is_refused(tmp_path: Path) -> None:
    text = """
    services:
      - {name: page, kind: http, url: "http://127.0.0.1:9", options: {status: 99}}
    """
    report = await refused(tmp_path, text)
    assert "options.status must be a whole number from 100 to 599" in report[0]
