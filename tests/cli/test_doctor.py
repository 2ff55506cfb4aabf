"""`hydra-tui doctor` as it is run: exit statuses, output, and what it leaves alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.commands import hydra
from tests.loopback import closed_port

LOCAL = "nodes:\n  - {name: here, local: true}\n"


@pytest.fixture
def healed(sim_config: Path) -> Iterator[Path]:
    yield sim_config
    hydra("-c", sim_config, "sim", "heal")


def verdicts(node: dict[str, Any]) -> dict[str, str]:
    return {check["id"]: check["verdict"] for check in node["checks"]}


def test_the_demo_cluster_has_one_thing_to_mend_and_says_how(sim_config: Path) -> None:
    ran = hydra("doctor", "-c", sim_config)
    assert (ran.status, ran.err) == (1, "")
    assert "hydra-compute $ sudo usermod -aG docker hydra" in ran.out
    assert ran.out.count("✖") == 1
    assert ran.out.splitlines()[-1] == "1 bad, 0 to look at"


def test_a_node_that_is_well_exits_0_and_has_every_row(sim_config: Path) -> None:
    ran = hydra("doctor", "hydra-ai", "hydra-storage", "--json", "-c", sim_config)
    assert ran.status == 0
    record = ran.json()
    nodes = {node["name"]: verdicts(node) for node in record["nodes"]}
    assert set(nodes) == {"hydra-ai", "hydra-storage"}
    assert (record["bad"], record["warn"]) == (0, 0)
    assert set(nodes["hydra-ai"].values()) == {"ok"}
    others = {name: how for name, how in nodes["hydra-storage"].items() if how != "ok"}
    assert others == {"nvidia-smi": "not-applicable"}
    assert set(nodes["hydra-ai"]) == set(nodes["hydra-storage"])


def test_a_changed_host_key_is_told_with_the_command_of_the_transport(healed: Path) -> None:
    hydra("-c", healed, "sim", "fault", "hydra-ai", "changed-host-key")
    ran = hydra("doctor", "hydra-ai", "--json", "-c", healed)
    assert ran.status == 1
    (node,) = ran.json()["nodes"]
    assert verdicts(node) == {"ssh-login": "not-applicable", "host-key": "bad"}
    row = node["checks"][1]
    assert "HAS CHANGED" in row["found"]
    assert row["fix"].startswith("ssh-keygen -f ")
    assert row["fix_on"] == "here"


def test_a_node_that_hangs_is_one_bad_row_and_the_others_are_examined(healed: Path) -> None:
    hydra("-c", healed, "sim", "fault", "hydra-storage", "hang")
    ran = hydra("doctor", "--json", "-c", healed)
    assert ran.status == 1
    nodes = {node["name"]: verdicts(node) for node in ran.json()["nodes"]}
    assert nodes["hydra-storage"] == {"ssh-login": "bad", "host-key": "not-applicable"}
    assert nodes["hydra-ai"]["shell"] == "ok"
    assert ran.json()["nodes"][-1]["name"] == "hydra-storage"


def test_a_name_that_is_not_configured_exits_2_with_the_nearest(sim_config: Path) -> None:
    ran = hydra("doctor", "hydra-aj", "-c", sim_config)
    assert (ran.status, ran.out) == (2, "")
    assert "did you mean `hydra-ai`" in ran.err


def test_without_a_configuration_this_machine_is_examined() -> None:
    ran = hydra("doctor", "--json")
    (node,) = ran.json()["nodes"]
    assert verdicts(node)["ssh-login"] == "not-applicable"
    assert verdicts(node)["procfs"] == "ok"
    assert ran.json()["configuration"][0]["verdict"] == "not-applicable"
    assert hydra("doctor", "somewhere").status == 2


def test_problems_of_the_configuration_are_rows_beside_those_of_nodes(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(
        LOCAL
        + "services:\n  - {name: a, kind: http, node: here, port: 1, key: 'env:NOT_THERE'}\ntheme: darc\n"
    )
    ran = hydra("doctor", "--json", "-c", path)
    assert ran.status == 1
    found = [check["found"] for check in ran.json()["configuration"]]
    assert any("config.yaml:4:" in words and "NOT_THERE" in words for words in found)
    assert any("did you mean `dark`" in words for words in found)
    assert verdicts(ran.json()["nodes"][0])["shell"] == "ok"


def test_a_configuration_that_cannot_be_read_exits_3_and_prints_no_data(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text("nodes: {")
    ran = hydra("doctor", "--json", "-c", path)
    assert (ran.status, ran.out) == (3, "")
    assert "config.yaml" in ran.err


def test_what_a_service_names_and_the_node_lacks_is_bad(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    port = closed_port()
    path.write_text(
        f"nodes:\n  - {{name: gone, ssh: {{host: 127.0.0.1, port: {port}, config: /dev/null}}}}\n"
        + "services: []\n"
    )
    ran = hydra("doctor", "-c", path)
    assert ran.status == 1
    assert "gone $ sudo systemctl enable --now ssh || sudo systemctl enable --now sshd" in ran.out
