"""The simulated nodes over real SSH: login, commands, frames, and the faults of a host."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import asyncssh
import pytest

from hydra_tui.hosts.script import sampling_command
from hydra_tui.sim.hardware import MIB
from hydra_tui.sim.simulation import Simulation
from hydra_tui.sim.ssh_sessions import SLOW_S
from hydra_tui.transport.ssh_tie import tied
from tests.sim.visitors import eventually, frames, log_in, look_at

WRAPS: list[Callable[[str], str]] = [str, tied, lambda command: tied(command, 15.0)]
"""As it is, and as our own transport sends it."""

NODES = ("hydra-ai", "hydra-compute", "hydra-storage")


@pytest.mark.parametrize("node", NODES)
async def test_a_node_lets_its_user_in_and_knows_its_name(cluster: Simulation, node: str) -> None:
    async with await log_in(cluster, node) as connection:
        assert (await connection.run("hostname")).stdout == f"{node}\n"


async def test_another_user_is_refused(cluster: Simulation) -> None:
    with pytest.raises(asyncssh.PermissionDenied):
        await log_in(cluster, "hydra-ai", user="root")


async def test_another_key_is_refused(cluster: Simulation) -> None:
    stranger = asyncssh.generate_private_key("ssh-ed25519")
    with pytest.raises(asyncssh.PermissionDenied):
        await asyncssh.connect(
            "127.0.0.1",
            cluster.whereabouts.ssh_ports["hydra-ai"],
            username="hydra",
            client_keys=[stranger],
            known_hosts=str(cluster.whereabouts.known_hosts),
            config=None,
            agent_path=None,
        )


@pytest.mark.parametrize(
    ("command", "status", "out", "err"),
    [
        ("true", 0, "", ""),
        ("echo 'a  b' c", 0, "a  b c\n", ""),
        ("id -un", 0, "hydra\n", ""),
        ("uname -n", 0, "hydra-ai\n", ""),
        ("rm -rf /", 127, "", "sh: 1: rm: command not found\n"),
    ],
)
@pytest.mark.parametrize("wrap", WRAPS)
async def test_a_few_commands_are_known(
    cluster: Simulation, command: str, status: int, out: str, err: str, wrap: Callable[[str], str]
) -> None:
    async with await log_in(cluster, "hydra-ai") as connection:
        done = await connection.run(wrap(command), check=False)
    assert (done.exit_status, done.stdout, done.stderr) == (status, out, err)


async def test_nvidia_smi_lists_the_gpus_where_there_are_some(cluster: Simulation) -> None:
    async with await log_in(cluster, "hydra-compute") as connection:
        listed = (await connection.run("nvidia-smi -L")).stdout
    assert isinstance(listed, str)
    assert listed.startswith("GPU 0: NVIDIA GeForce RTX 5070 Ti (UUID: GPU-")
    async with await log_in(cluster, "hydra-storage") as connection:
        assert (await connection.run("nvidia-smi -L")).exit_status == 127


@pytest.mark.parametrize("node", NODES)
async def test_frames_carry_the_whole_host(cluster: Simulation, node: str) -> None:
    spec = cluster.world.hosts[node].spec
    look = await look_at(cluster, node)
    assert (look.cores, look.kernel, look.memory_total_bytes) == (spec.cores, spec.kernel, spec.memory_bytes)
    assert [(disk.mount, disk.size_bytes) for disk in look.disks] == [
        (disk.mount, disk.size_bytes) for disk in spec.disks
    ]
    assert [(gpu.name, gpu.vram_total_bytes) for gpu in look.gpus] == [
        (gpu.name, gpu.memory_mib * MIB) for gpu in spec.gpus
    ]
    assert bool(look.gpu_note) is not bool(spec.gpus)
    assert None not in (
        look.received_bytes,
        look.sent_bytes,
        look.uptime_s,
        look.load_1m,
        look.swap_total_bytes,
    )


async def test_frames_keep_coming_and_counters_grow(cluster: Simulation) -> None:
    async with await log_in(cluster, "hydra-ai") as connection:
        looks = await frames(connection, 4)
    jiffies = [look.cpu_total_jiffies or 0 for look in looks]
    assert jiffies == sorted(set(jiffies))


@pytest.mark.parametrize("wrap", WRAPS)
async def test_the_loop_ends_with_its_standard_input(cluster: Simulation, wrap: Callable[[str], str]) -> None:
    async with await log_in(cluster, "hydra-ai") as connection:
        process = await connection.create_process(wrap(sampling_command(0.05)))
        await process.stdout.readline()
        process.stdin.write_eof()
        assert (await asyncio.wait_for(process.wait(), 3)).exit_status is not None


async def test_nothing_is_left_running_when_the_client_is_gone(cluster: Simulation) -> None:
    before = len(asyncio.all_tasks())
    connection = await log_in(cluster, "hydra-ai")
    process = await connection.create_process(sampling_command(0.05))
    await process.stdout.readline()
    connection.abort()

    async def is_quiet() -> bool:
        await asyncio.sleep(0)
        return len(asyncio.all_tasks()) <= before

    await eventually(is_quiet, looks=100_000)


async def test_an_unreachable_node_refuses_and_drops_who_is_there(cluster: Simulation) -> None:
    connection = await log_in(cluster, "hydra-ai")
    process = await connection.create_process(sampling_command(0.05))
    await process.stdout.readline()
    await cluster.board.fault("hydra-ai", "unreachable")
    await asyncio.wait_for(connection.wait_closed(), 3)
    assert process.exit_status is None
    with pytest.raises(ConnectionRefusedError):
        await log_in(cluster, "hydra-ai")
    await cluster.board.heal("hydra-ai")
    assert (await look_at(cluster, "hydra-ai")).cores == 32


async def test_a_changed_host_key_is_noticed_and_healed(cluster: Simulation) -> None:
    connection = await log_in(cluster, "hydra-ai")
    await cluster.board.fault("hydra-ai", "host key")
    await asyncio.wait_for(connection.wait_closed(), 3)
    with pytest.raises(asyncssh.HostKeyNotVerifiable):
        await log_in(cluster, "hydra-ai")
    await cluster.board.heal("hydra-ai")
    assert (await look_at(cluster, "hydra-ai")).cores == 32


async def test_a_hanging_node_freezes_its_connections_and_thaws(cluster: Simulation) -> None:
    async with await log_in(cluster, "hydra-ai") as connection:
        process = await connection.create_process(sampling_command(0.05))
        await process.stdout.readline()
        await cluster.board.fault("hydra-ai", "hang")
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(process.stdout.read(), 0.5)
        await cluster.board.heal("hydra-ai")
        assert await asyncio.wait_for(process.stdout.readline(), 3)


async def test_a_hanging_node_takes_connections_and_never_speaks(cluster: Simulation) -> None:
    await cluster.board.fault("hydra-ai", "hang")
    reader, writer = await asyncio.open_connection("127.0.0.1", cluster.whereabouts.ssh_ports["hydra-ai"])
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(reader.read(1), 0.3)
    writer.close()


async def test_a_slow_node_is_late_with_every_answer(cluster: Simulation) -> None:
    await cluster.board.fault("hydra-ai", "slow")
    async with await log_in(cluster, "hydra-ai") as connection:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(frames(connection, 1), SLOW_S / 2)
        assert len(await asyncio.wait_for(frames(connection, 1), SLOW_S * 2)) == 1
