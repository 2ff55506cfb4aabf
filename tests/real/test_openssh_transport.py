"""Commands and streams over a real OpenSSH server, and what is left when either side goes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from hydra_tui.core.errors import (
    ConnectionLost,
    ConnectionRefused,
    NoAnswer,
    ReplyTooLarge,
    ServiceFailed,
    Unreachable,
)
from hydra_tui.transport.completed import Completed
from hydra_tui.transport.ssh import Patience, SshConnection
from tests.real.sshd import Sshd, running
from tests.transport import processes
from tests.transport.processes import alive, pids_in, until, until_gone

pytestmark = pytest.mark.real

QUICK = Patience(keepalive_s=0.5, keepalive_count=2)
"""A frozen node is given up within two seconds."""

SELF_AND_CHILD = "sleep 300 & echo $$ $! > {file}; cat {file}; wait"
"""A command that tells its process ids, and goes on for ever in silence."""


@pytest.fixture
def sshd(require: Callable[[str], str], tmp_path: Path) -> Iterator[Sshd]:
    with running(require("sshd"), tmp_path / "sshd") as server:
        yield server


@pytest.fixture
async def node(sshd: Sshd) -> AsyncIterator[SshConnection]:
    connection = SshConnection(sshd.address, QUICK)
    yield connection
    await connection.close()


async def test_a_command_that_ends_is_completed_whatever_its_status(node: SshConnection) -> None:
    assert not node.connected
    done = await node.run("echo out; echo err >&2; exit 3", timeout_s=20)
    assert done == Completed(3, "out\n", "err\n")
    assert node.connected


@pytest.mark.parametrize(
    ("command", "stdout"),
    [
        ("""printf '%s' "it's $((1 + 1))" """, "it's 2"),
        (r"printf 'a\377b'", "a�b"),
        ("cat", ""),
        ("true &", ""),
        ("echo a # and a comment", "a\n"),
        ("echo ü", "ü\n"),
    ],
)
async def test_a_line_of_shell_arrives_as_it_was_written(
    node: SshConnection, command: str, stdout: str
) -> None:
    assert (await node.run(command, timeout_s=20)).stdout == stdout


async def test_a_missing_program_and_a_broken_line_are_told_by_the_shell(node: SshConnection) -> None:
    assert (await node.run("no-such-program", timeout_s=20)).exit_status == 127
    assert (await node.run("echo 'open", timeout_s=20)).exit_status not in (0, None)
    assert (await node.run("kill -9 $$", timeout_s=20)).exit_status in (-9, 128 + 9)


async def test_invalid_text_in_one_session_does_not_disturb_another(node: SshConnection) -> None:
    bad, good = await asyncio.gather(
        node.run(r"printf '\377\n'; sleep 0.1; printf '\377'", timeout_s=20),
        node.run("sleep 0.1; echo fine", timeout_s=20),
    )
    assert (bad.stdout, good.stdout) == ("�\n�", "fine\n")


async def test_many_commands_at_once_share_one_login_and_all_end(node: SshConnection, sshd: Sshd) -> None:
    done = await asyncio.gather(*(node.run(f"echo {i}", timeout_s=50) for i in range(20)))
    assert [one.stdout for one in done] == [f"{i}\n" for i in range(20)]
    assert len(sshd.session_pids()) <= 2


async def test_a_command_that_takes_too_long_is_ended(node: SshConnection, tmp_path: Path) -> None:
    await node.run("true", timeout_s=20)
    file = tmp_path / "pids"
    with pytest.raises(NoAnswer, match=r"on 127\.0\.0\.1 took longer than 2 s"):
        await node.run(SELF_AND_CHILD.format(file=file), timeout_s=2)
    for pid in await pids_in(file):
        await until_gone(pid)
    assert node.connected


async def test_a_cancelled_command_is_ended(node: SshConnection, tmp_path: Path) -> None:
    file = tmp_path / "pids"
    running = asyncio.ensure_future(node.run(SELF_AND_CHILD.format(file=file), timeout_s=300))
    pids = await pids_in(file)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    for pid in pids:
        await until_gone(pid)


async def test_a_command_cancelled_while_it_is_being_started_leaves_nothing(
    node: SshConnection, tmp_path: Path
) -> None:
    mark = str(tmp_path / "mark")
    await node.run("true", timeout_s=20)
    for turns in range(15):
        started = asyncio.ensure_future(node.run(f"sleep 300; : {mark}", timeout_s=300))
        for _ in range(turns):
            await asyncio.sleep(0)
        started.cancel()
        await asyncio.gather(started, return_exceptions=True)
    await until(lambda: not processes.running(mark))
    done = await asyncio.gather(*(node.run("echo ok", timeout_s=50) for _ in range(8)))
    assert {one.stdout for one in done} == {"ok\n"}


@pytest.mark.parametrize("stream", [1, 2])
async def test_endless_output_ends_at_the_limit(node: SshConnection, stream: int) -> None:
    with pytest.raises(ReplyTooLarge, match="wrote more than 5000 bytes"):
        await node.run(f"yes >&{stream}", timeout_s=20, limit=5000)
    assert (await node.run("echo ok", timeout_s=20)).stdout == "ok\n"


async def test_a_node_without_a_free_session_says_so(require: Callable[[str], str], tmp_path: Path) -> None:
    with running(require("sshd"), tmp_path / "sshd", {"MaxSessions": "1"}) as server:
        node = SshConnection(server.address, QUICK)
        async with node.stream("echo ready; sleep 300") as lines:
            assert await lines.readline() == "ready\n"
            with pytest.raises(ServiceFailed, match=r"opens no further session .* see MaxSessions"):
                await node.run("true", timeout_s=20)
            assert node.connected
        await node.close()


async def test_a_stream_gives_lines_until_the_command_ends(node: SshConnection) -> None:
    async with node.stream(r"printf 'a\n\n\377\nb'; echo last words >&2; exit 4") as lines:
        assert [await lines.readline() for _ in range(6)] == ["a\n", "\n", "�\n", "b", "", ""]
        assert await lines.outcome() == Completed(4, "", "last words\n")


async def test_an_endless_line_is_cut(node: SshConnection) -> None:
    async with node.stream("head -c 300000 /dev/zero | tr '\\0' x; echo; echo next") as lines:
        assert len(await lines.readline()) == 65536 + 1
        assert await lines.readline() == "next\n"


async def test_a_flood_on_stderr_does_not_stall_a_stream(node: SshConnection) -> None:
    flood = "head -c 8000000 /dev/zero >&2; echo through; head -c 5 /dev/zero | tr '\\0' z >&2"
    async with node.stream(flood) as lines:
        assert await lines.readline() == "through\n"
        assert await lines.readline() == ""
        outcome = await lines.outcome()
    assert outcome.stderr.endswith("zzzzz")
    assert len(outcome.stderr) == 4096


@pytest.mark.parametrize(
    "command",
    [
        SELF_AND_CHILD,
        "trap '' TERM; " + SELF_AND_CHILD,
        "echo $$ > {file}; cat {file}; exec yes",
    ],
    ids=["quiet", "stubborn", "writing without being read"],
)
async def test_a_streamed_command_is_gone_after_its_block(
    node: SshConnection, tmp_path: Path, command: str
) -> None:
    file = tmp_path / "pids"
    async with node.stream(command.format(file=file)) as lines:
        assert await lines.readline()
        pids = await pids_in(file)
        assert all(map(alive, pids))
    for pid in pids:
        await until_gone(pid)
    assert (await node.run("echo ok", timeout_s=20)).stdout == "ok\n"


async def test_streams_that_end_free_their_sessions(node: SshConnection) -> None:
    for _ in range(12):
        async with node.stream("echo ready; sleep 300") as lines:
            assert await lines.readline() == "ready\n"
    assert node.connected


async def test_a_streamed_command_is_gone_after_the_connection_was_closed(sshd: Sshd, tmp_path: Path) -> None:
    file = tmp_path / "pids"
    node = SshConnection(sshd.address, QUICK)
    async with node.stream(SELF_AND_CHILD.format(file=file)) as lines:
        await lines.readline()
        await node.close()
        with pytest.raises(ConnectionLost):
            await lines.readline()
    for pid in await pids_in(file):
        await until_gone(pid)
    await until(lambda: sshd.session_pids() == [])


async def test_a_streamed_command_is_gone_after_sshd_was_killed(
    node: SshConnection, sshd: Sshd, tmp_path: Path
) -> None:
    file = tmp_path / "pids"
    async with node.stream(SELF_AND_CHILD.format(file=file)) as lines:
        await lines.readline()
        sshd.stop()
        with pytest.raises(ConnectionLost, match=r"the SSH connection to 127\.0\.0\.1:.* was lost"):
            await lines.readline()
        with pytest.raises(ConnectionLost):
            await lines.outcome()
    assert not node.connected
    for pid in await pids_in(file):
        await until_gone(pid)


async def test_a_command_under_way_when_sshd_is_killed_is_lost(
    node: SshConnection, sshd: Sshd, tmp_path: Path
) -> None:
    file = tmp_path / "pids"
    running = asyncio.ensure_future(node.run(SELF_AND_CHILD.format(file=file), timeout_s=300))
    await pids_in(file)
    sshd.stop()
    with pytest.raises(ConnectionLost):
        await running


async def test_a_lost_connection_is_opened_again_by_the_next_call(node: SshConnection, sshd: Sshd) -> None:
    assert (await node.run("echo 1", timeout_s=20)).stdout == "1\n"
    sshd.stop()
    with pytest.raises(Unreachable) as caught:
        await node.run("echo 2", timeout_s=20)
    assert type(caught.value) in (ConnectionRefused, ConnectionLost)
    sshd.start()
    assert (await node.run("echo 3", timeout_s=20)).stdout == "3\n"


async def test_a_restart_between_two_calls_is_not_even_noticed(node: SshConnection, sshd: Sshd) -> None:
    await node.run("true", timeout_s=20)
    sshd.restart()
    assert (await node.run("echo ok", timeout_s=20)).stdout == "ok\n"


async def test_a_frozen_node_is_given_up_within_the_keep_alive(node: SshConnection, sshd: Sshd) -> None:
    async with node.stream("echo ready; sleep 300") as lines:
        assert await lines.readline() == "ready\n"
        sshd.freeze()
        async with asyncio.timeout(20):
            with pytest.raises(ConnectionLost, match="keepalive"):
                await lines.readline()
    assert not node.connected
    assert (await node.run("echo ok", timeout_s=20)).stdout == "ok\n"


async def test_closing_a_frozen_connection_does_not_hang(sshd: Sshd) -> None:
    node = SshConnection(sshd.address)
    async with asyncio.timeout(20):
        async with node.stream("echo ready; sleep 300") as lines:
            assert await lines.readline() == "ready\n"
            sshd.freeze()
        assert not node.connected
        await node.run("true", timeout_s=20)
        sshd.freeze()
        await node.close()


async def test_closing_is_allowed_at_any_time(sshd: Sshd) -> None:
    node = SshConnection(sshd.address)
    await node.close()
    under_way = asyncio.ensure_future(node.run("true", timeout_s=20))
    await asyncio.sleep(0)
    await node.close()
    with pytest.raises((asyncio.CancelledError, ConnectionLost)):
        await under_way
    assert (await node.run("echo ok", timeout_s=20)).stdout == "ok\n"
    await node.close()
    await node.close()
    assert not node.connected


async def test_a_command_runs_without_terminal_agent_and_input(
    sshd: Sshd, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSH_AUTH_SOCK", str(sshd.folder / "no-agent"))
    node = SshConnection(sshd.address)
    done = await node.run(
        "test -t 0 || test -t 1 || echo ${SSH_AUTH_SOCK:-none} ${SSH_TTY:-none}", timeout_s=20
    )
    assert done.stdout == "none none\n"
    await node.close()
