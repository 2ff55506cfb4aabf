"""The simulated nodes under examination, through the real script's command and the real transport."""

from __future__ import annotations

import pytest

from hydra_tui.core.checks import Check, Verdict
from hydra_tui.hosts.capabilities import examine_remote
from hydra_tui.hosts.checks.expectations import Expectations
from hydra_tui.sim.hardware import DRIVER
from hydra_tui.sim.simulation import Simulation
from hydra_tui.sim.ssh_keys import USER
from hydra_tui.transport.ssh import SshConnection
from hydra_tui.transport.ssh_address import SshAddress

WANTED = Expectations(units=("ollama.service",))


async def examined(cluster: Simulation, node: str) -> dict[str, Check]:
    places = cluster.whereabouts
    address = SshAddress(
        "127.0.0.1", places.ssh_ports[node], USER, identity=places.identity, known_hosts=places.known_hosts
    )
    connection = SshConnection(address)
    try:
        return {check.id: check for check in await examine_remote(connection, address, WANTED)}
    finally:
        await connection.close()


async def test_the_first_node_can_do_everything(cluster: Simulation) -> None:
    found = await examined(cluster, "hydra-ai")
    assert {check.verdict for check in found.values()} == {Verdict.OK}
    assert found["nvidia-smi"].found == f"2 NVIDIA GPUs, driver {DRIVER}"
    assert found["df"].found == "answers: 2 disks"


@pytest.mark.parametrize(
    ("node", "row", "verdict", "fix"),
    [
        ("hydra-compute", "docker", Verdict.BAD, f"sudo usermod -aG docker {USER}"),
        ("hydra-storage", "nvidia-smi", Verdict.NOT_APPLICABLE, ""),
    ],
)
async def test_each_other_node_differs_in_one_thing(
    cluster: Simulation, node: str, row: str, verdict: Verdict, fix: str
) -> None:
    found = await examined(cluster, node)
    assert {name for name, check in found.items() if check.verdict is not Verdict.OK} == {row}
    assert (found[row].verdict, found[row].fix) == (verdict, fix)
