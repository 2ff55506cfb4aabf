"""What is wanted of each node, and how nodes are examined beside each other."""

from __future__ import annotations

from pathlib import Path

from hydra_tui.core.checks import Verdict
from hydra_tui.hosts.checks.expectations import Expectations
from hydra_tui.wiring import load_config
from hydra_tui.wiring.examination import examine_nodes, expectations
from tests.loopback import closed_port, serving

CONFIG = """
nodes:
  - {name: here, local: true}
  - {name: gone, ssh: {host: 127.0.0.1, port: PORT, config: /dev/null}}
services:
  - {name: a, kind: http, node: here, port: 1, logs: 'systemd:ollama', gpus: [1]}
  - {name: b, kind: http, node: here, port: 2, logs: 'systemd:getty@tty1.service'}
  - {name: c, kind: http, node: here, port: 3, logs: 'docker:litellm'}
  - {name: d, kind: http, node: gone, port: 4, logs: 'file:/var/log/d.log'}
  - {name: e, kind: http, url: 'http://127.0.0.1:5'}
"""


def test_a_node_is_asked_for_what_its_services_name(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(CONFIG.replace("PORT", "22"))
    config = load_config(path).config
    units = ("ollama.service", "getty@tty1.service")
    assert expectations(config, "here") == Expectations(gpus=True, units=units, containers=("litellm",))
    assert expectations(config, "gone") == Expectations()


async def test_a_dead_node_keeps_no_other_waiting(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    async with serving(lambda reader, writer: reader.read()) as silent:  # type: ignore[arg-type, return-value]
        path.write_text(CONFIG.replace("PORT", str(silent)))
        config = load_config(path).config
        nodes = examine_nodes(config, tuple(reversed(config.nodes)))
        name, checks = await anext(nodes)
        await nodes.aclose()  # type: ignore[attr-defined]
    assert name == "here"
    assert {check.id for check in checks} >= {"procfs", "docker", "sudo"}


async def test_a_node_that_a_metrics_server_tells_of_is_not_logged_in_to(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text("metrics: {url: 'http://127.0.0.1:9'}\nnodes:\n  - {name: told, metrics: true}\n")
    config = load_config(path).config
    ((name, (row,)),) = [found async for found in examine_nodes(config, config.nodes)]
    assert (name, row.verdict) == ("told", Verdict.NOT_APPLICABLE)


async def test_a_node_that_refuses_is_told_and_the_others_examined(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(CONFIG.replace("PORT", str(closed_port())))
    config = load_config(path).config
    found = {name: checks async for name, checks in examine_nodes(config, config.nodes)}
    assert set(found) == {"here", "gone"}
    assert found["gone"][0].verdict is Verdict.BAD
    assert "ssh" in found["gone"][0].fix
