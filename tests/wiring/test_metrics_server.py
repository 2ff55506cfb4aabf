"""Nodes that a metrics server tells of, from the file to the cluster."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from hydra_tui.core.cluster import Cluster
from hydra_tui.core.state import State
from hydra_tui.wiring import load_config
from hydra_tui.wiring.configured import configured_engine
from tests.hosts.metrics_server import answering, host_levels, host_rates, recorded, vector
from tests.loopback import Answer, Spy, always, closed_port, serving

PATIENCE_S = 30.0
FLEET = 200


@asynccontextmanager
async def watching(folder: Path, text: str) -> AsyncIterator[Cluster]:
    """The cluster of that configuration, once every node was asked."""
    path = folder / "config.yaml"
    path.write_text(text)
    async with await configured_engine(load_config(path)) as engine:
        yield await engine.settled(lambda cluster: cluster.complete, PATIENCE_S)


def metrics(port: int, *more: str) -> str:
    """The section, and the beginning of the next one."""
    return "\n".join(["metrics:", f"  url: http://127.0.0.1:{port}", *more, "nodes:", ""])


async def test_each_node_is_told_of_by_its_name_or_by_its_label(tmp_path: Path) -> None:
    levels, rates = Answer.of_json(recorded("levels")), Answer.of_json(recorded("rates"))
    async with serving(answering(levels, rates, [])) as port:
        nodes = """
  - {name: hydra-ai, metrics: true}
  - {name: gpus, metrics: hydra-compute, address: 192.0.2.7}
  - {name: kernel, metrics: "hydra-ai:9100"}
  - {name: hydra-storage, metrics: true}
  - {name: hydra-strange, metrics: true}
"""
        async with watching(tmp_path, metrics(port, "  interval: 20s") + nodes) as cluster:
            pass
    seen = {node.name: (node.state, len(node.gpus), node.address) for node in cluster.nodes}
    assert seen == {
        "hydra-ai": (State.UP, 2, "hydra-ai"),
        "gpus": (State.UP, 1, "hydra-compute"),
        "kernel": (State.UP, 0, "hydra-ai:9100"),
        "hydra-storage": (State.DOWN, 0, "hydra-storage"),
        "hydra-strange": (State.UNKNOWN, 0, "hydra-strange"),
    }
    assert {(node.source, node.interval_s) for node in cluster.nodes} == {("prometheus", 20.0)}
    assert cluster.nodes[4].reason.endswith("did you mean `hydra-storage`?")


async def test_two_hundred_nodes_cost_the_two_requests_that_one_costs(tmp_path: Path) -> None:
    names = [f"node-{number}" for number in range(FLEET)]
    levels = [series for name in names for series in host_levels(f"{name}:9100")]
    rates = [series for name in names for series in host_rates(f"{name}:9100")]
    asked: list[Mapping[str, str]] = []
    answers = answering(Answer.of_json(vector(levels)), Answer.of_json(vector(rates)), asked)
    async with serving(answers) as port:
        nodes = "".join(f"  - {{name: {name}, metrics: true}}\n" for name in names)
        async with watching(tmp_path, metrics(port, "  interval: 1h") + nodes) as cluster:
            pass
    assert [node.state for node in cluster.nodes] == [State.UP] * FLEET
    assert [node.sample.cpu_percent for node in cluster.nodes if node.sample] == [25.0] * FLEET
    assert len(asked) == 2


@pytest.mark.parametrize(
    ("user", "header"),
    [
        ((), "Bearer sk-throwaway"),
        (("  user: ops",), f"Basic {b64encode(b'ops:sk-throwaway').decode()}"),
    ],
)
async def test_the_key_is_sent_as_a_token_or_as_the_password_of_a_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, user: tuple[str, ...], header: str
) -> None:
    monkeypatch.setenv("METRICS_KEY", "sk-throwaway")
    spy = Spy()
    echo = Answer(401, f"no {header} here, sk-throwaway".encode(), "text/plain")
    async with serving(always(echo, spy)) as port:
        text = metrics(port, "  key: env:METRICS_KEY", *user) + "  - {name: a, metrics: true}\n"
        async with watching(tmp_path, text) as cluster:
            (node,) = cluster.nodes
    assert {key.partition(": ")[2].strip() for key in spy.keys} == {header}
    assert node.state is State.UNAUTHORISED
    assert header.split()[1] not in node.reason


async def test_while_its_metrics_server_is_away_a_node_is_unknown_and_not_down(tmp_path: Path) -> None:
    async with watching(tmp_path, metrics(closed_port()) + "  - {name: a, metrics: true}\n") as cluster:
        (node,) = cluster.nodes
    assert node.state is State.UNKNOWN
    assert node.reason.startswith("the metrics server tells nothing: ")


async def test_a_key_that_cannot_be_had_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(
        Exception, match=r"config.yaml:3:3: metrics.key: `env:NOT_SET`: the variable is not set"
    ):
        async with watching(tmp_path, metrics(9, "  key: env:NOT_SET") + "  - {name: a, metrics: true}\n"):
            pass


async def test_a_service_of_a_told_node_is_looked_for_at_its_address(tmp_path: Path) -> None:
    text = metrics(closed_port()) + (
        "  - {name: localhost, metrics: true}\n  - {name: b, metrics: x, address: 127.0.0.1}\n"
        "services:\n  - {name: s, kind: tcp, node: localhost, port: 9}\n"
        "  - {name: t, kind: tcp, node: b, port: 9}\n"
    )
    async with watching(tmp_path, text) as cluster:
        assert [service.address for service in cluster.services] == ["tcp://localhost:9", "tcp://127.0.0.1:9"]
