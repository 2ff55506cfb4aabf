"""A host sampled as in production: through `transport.ssh`, by the loop, behind a real sshd."""

from __future__ import annotations

import asyncio
import os
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from hydra_tui.core.errors import ServiceFailed, TargetError, Unreachable
from hydra_tui.core.host import sample
from hydra_tui.hosts import mounts
from hydra_tui.hosts.remote import RemoteHost
from hydra_tui.transport.ssh import SshConnection
from tests.hosts.family import MARK, family, wait_until
from tests.real.sshd import Sshd, running

pytestmark = pytest.mark.real

INTERVAL_S = 0.2

NVIDIA_SMI = """\
#!/bin/sh
case $1 in -q|--query-compute*) exit 0;; esac
while :; do
  echo '0, GPU-0, NVIDIA L40S, 590.44.01, 46068, 500, 3, 38, 35.1, 350.00, 210, 405, [N/A]'
  echo '1, GPU-1, NVIDIA L40S, 590.44.01, 46068, 600, [N/A], 39, 36.2, 350.00, 210, 405, [N/A]'
  sleep 0.1
done
"""

REFUSED = "this host does not run the sampling loop: This account is currently not available."


@pytest.fixture
def mark() -> str:
    """What every process of the node's user inherits."""
    return uuid.uuid4().hex


@pytest.fixture
def server(tmp_path: Path, mark: str, require: Callable[[str], str]) -> Iterator[Sshd]:
    """A node with two GPUs."""
    tool = tmp_path / "nvidia-smi"
    tool.write_text(NVIDIA_SMI)
    tool.chmod(0o755)
    environment = f"{MARK}={mark} PATH={tmp_path}:/usr/bin:/bin"
    with running(require("sshd"), tmp_path / "sshd", {"SetEnv": environment}) as started:
        yield started


@pytest.fixture
async def connection(server: Sshd) -> AsyncIterator[SshConnection]:
    opened = SshConnection(server.address)
    yield opened
    await opened.close()


async def test_it_tells_what_this_machine_says_of_itself(connection: SshConnection) -> None:
    host = RemoteHost(connection, INTERVAL_S)
    first = await host.next()
    looks = [await host.next() for _ in range(5)]
    taken = sample(first, looks[-1])
    await host.close()
    assert taken.cpu_percent is not None
    assert 0 <= taken.cpu_percent <= 100
    assert (taken.cores, taken.kernel) == (os.cpu_count(), os.uname().release)
    assert [gpu.uuid for gpu in taken.gpus] == ["GPU-0", "GPU-1"]
    assert [gpu.utilisation_percent for gpu in taken.gpus] == [3.0, None]
    here = {disk.device: disk.size_bytes for disk in mounts.disks(Path("/proc/self/mounts"))}
    assert {disk.device: disk.size_bytes for disk in taken.disks} == here


async def test_closing_leaves_no_process_and_no_session_behind(connection: SshConnection, mark: str) -> None:
    for _ in range(3):
        host = RemoteHost(connection, INTERVAL_S)
        await host.next()
        await host.close()
    assert await asyncio.to_thread(wait_until, lambda: not family(mark)), family(mark)
    assert connection.connected


async def test_giving_up_on_a_slow_frame_ends_its_loop_and_the_next_call_starts_another(
    connection: SshConnection, mark: str
) -> None:
    host = RemoteHost(connection, interval_s=60.0)
    await host.next()
    await host.next()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await host.next()
    assert await asyncio.to_thread(wait_until, lambda: not family(mark)), family(mark)
    await host.next()
    await host.close()


async def test_a_node_that_went_away_is_sampled_again_when_it_is_back(
    server: Sshd, connection: SshConnection, mark: str
) -> None:
    host = RemoteHost(connection, INTERVAL_S)
    await host.next()
    server.stop()
    with pytest.raises(Unreachable):
        await _until_it_fails(host)
    with pytest.raises(TargetError):
        await host.next()
    assert await asyncio.to_thread(wait_until, lambda: not family(mark)), family(mark)
    server.start()
    assert (await host.next()).memory_total_bytes
    await host.close()


async def _until_it_fails(host: RemoteHost) -> None:
    while True:
        await host.next()


async def test_an_account_that_may_not_run_commands_is_quoted(
    tmp_path: Path, require: Callable[[str], str]
) -> None:
    refusal = "/bin/sh -c 'echo This account is currently not available.; exit 1'"
    with running(require("sshd"), tmp_path / "sshd", {"ForceCommand": refusal}) as server:
        connection = SshConnection(server.address)
        with pytest.raises(ServiceFailed) as raised:
            await RemoteHost(connection, INTERVAL_S).next()
        await connection.close()
    assert str(raised.value) == REFUSED
