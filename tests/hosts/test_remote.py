from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest

from hydra_tui.core.errors import CommandMissing, ConnectionLost, NoAnswer, ServiceFailed, TargetError
from hydra_tui.hosts.remote import RemoteHost
from hydra_tui.hosts.script import MARK, is_sampling_command
from hydra_tui.hosts.source import CountersSource
from hydra_tui.transport.completed import Completed

REFUSED = "this host does not run the sampling loop:"


def frame(number: int) -> list[str]:
    return [f"{MARK}{section}\n" for section in (f"tick {number}", f"up {number} 1", f"end {number}")]


Script = Sequence[str | TargetError | None]


class Lines:
    """A script of lines; an error in it is raised, `None` hangs."""

    def __init__(self, script: Script, ends: Completed) -> None:
        self._script = list(script)
        self._ends = ends

    async def readline(self) -> str:
        line = self._script.pop(0) if self._script else ""
        if isinstance(line, TargetError):
            raise line
        if line is None:
            await asyncio.Event().wait()
        return line or ""

    async def outcome(self) -> Completed:
        return self._ends


class Connection:
    """Gives the next script each time a stream is opened."""

    def __init__(self, *scripts: Script, status: int = 1, stderr: str = "") -> None:
        self._scripts = list(scripts)
        self._ends = Completed(status, "", stderr)
        self.commands: list[str] = []
        self.open = 0

    @asynccontextmanager
    async def stream(self, command: str) -> AsyncIterator[Lines]:
        self.commands.append(command)
        self.open += 1
        try:
            yield Lines(self._scripts.pop(0), self._ends)
        finally:
            self.open -= 1


async def test_frames_come_one_by_one_from_one_stream() -> None:
    connection = Connection(["Welcome!\n", *frame(1), "noise\n", *frame(2)])
    host: CountersSource = RemoteHost(connection, interval_s=2.0)
    assert [(await host.next()).uptime_s, (await host.next()).uptime_s] == [1.0, 2.0]
    assert [is_sampling_command(command) for command in connection.commands] == [2.0]
    assert connection.open == 1
    await host.close()
    assert connection.open == 0


async def test_nothing_is_opened_before_it_is_needed_and_closing_twice_is_harmless() -> None:
    connection = Connection()
    host = RemoteHost(connection, interval_s=2.0)
    await host.close()
    await host.close()
    assert connection.commands == []


@pytest.mark.parametrize(
    ("lines", "error", "words"),
    [
        (
            ["This account is currently not available.\n"],
            ServiceFailed,
            f"{REFUSED} This account is currently not available.",
        ),
        ([*("Hi\n",) * 9, "\n", "\x1b[1mno\n"], ServiceFailed, f"{REFUSED} Hi Hi \\x1b[1mno"),
        ([], ServiceFailed, f"{REFUSED} it ended with status 1"),
        ([f"{MARK}cores 2\n"], ServiceFailed, f"{REFUSED} it ended with status 1"),
        ([NoAnswer("nothing within 5 s")], NoAnswer, "nothing within 5 s"),
    ],
)
async def test_a_host_that_does_not_run_the_loop_says_why_and_is_asked_again(
    lines: Script, error: type[TargetError], words: str
) -> None:
    connection = Connection(lines, frame(1))
    host = RemoteHost(connection, interval_s=2.0)
    with pytest.raises(error) as raised:
        await host.next()
    assert str(raised.value) == words
    assert connection.open == 0
    assert (await host.next()).uptime_s == 1.0
    await host.close()


async def test_a_host_without_a_shell_misses_a_command() -> None:
    connection = Connection([], status=127, stderr="-bash: exec: /bin/sh: not found\n")
    with pytest.raises(CommandMissing, match="-bash: exec: /bin/sh: not found"):
        await RemoteHost(connection, interval_s=2.0).next()


async def test_a_loop_that_ends_after_frames_is_a_lost_connection() -> None:
    connection = Connection([*frame(1), "Terminated\n"], frame(2))
    host = RemoteHost(connection, interval_s=2.0)
    await host.next()
    with pytest.raises(ConnectionLost, match="ended"):
        await host.next()
    assert (await host.next()).uptime_s == 2.0
    await host.close()


async def test_a_stream_that_stalls_is_opened_anew_after_the_engine_gave_up() -> None:
    connection = Connection([*frame(1), None], frame(2))
    host = RemoteHost(connection, interval_s=2.0)
    await host.next()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await host.next()
    assert connection.open == 0
    assert (await host.next()).uptime_s == 2.0
    await host.close()


async def test_what_one_stream_said_of_disks_and_gpus_is_forgotten_with_it() -> None:
    connection = Connection([f"{MARK}kernel 6.1\n", *frame(1)], frame(2))
    host = RemoteHost(connection, interval_s=2.0)
    assert (await host.next()).kernel == "6.1"
    await host.close()
    assert (await host.next()).kernel is None
    await host.close()
