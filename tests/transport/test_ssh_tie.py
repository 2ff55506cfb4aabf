"""The script that ties a command to its input, under every shell that may have to run it."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from hydra_tui.transport.ssh_tie import tied
from tests.transport.processes import alive, pids_in, until_gone

SHELLS = {"dash": ["dash"], "bash": ["bash"], "busybox": ["busybox", "ash"]}

SELF_AND_CHILD = "sleep 300 & echo $$ $! > {file}; wait"


@pytest.fixture(params=SHELLS)
def shell(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A login shell; the `sh` on its PATH is the same kind."""
    argv = SHELLS[request.param]
    program = shutil.which(argv[0])
    if program is None:
        pytest.skip(f"missing here: {argv[0]}")
    # Not a link: busybox goes by the name it is called by, and bash in POSIX mode is what RHEL has as sh.
    sh = tmp_path / "bin" / "sh"
    sh.parent.mkdir()
    sh.write_text(f'#!/bin/sh\nexec {program} {" ".join(argv[1:])} "$@"\n')
    sh.chmod(0o755)
    monkeypatch.setenv("PATH", f"{sh.parent}:/usr/bin:/bin")
    return [program, *argv[1:]]


@asynccontextmanager
async def started(shell: list[str], script: str) -> AsyncIterator[Process]:
    """As sshd does it: a session of its own, pipes for all three. Nothing of it outlives the block."""
    process = await asyncio.create_subprocess_exec(
        *shell, "-c", script, stdin=PIPE, stdout=PIPE, stderr=PIPE, start_new_session=True
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        async with asyncio.timeout(20):
            await process.communicate()


async def output_of(process: Process) -> tuple[bytes, bytes]:
    assert process.stdout
    assert process.stderr
    async with asyncio.timeout(20):
        return await process.stdout.read(), await process.stderr.read()


@pytest.mark.parametrize("longest_s", [None, 30.0])
async def test_a_command_keeps_its_outputs_and_its_status(shell: list[str], longest_s: float | None) -> None:
    async with started(shell, tied('echo "it\'s" out; echo err >&2; exit 7', longest_s)) as process:
        assert await output_of(process) == (b"it's out\n", b"err\n")
        assert await process.wait() == 7


@pytest.mark.parametrize("longest_s", [None, 300.0])
@pytest.mark.parametrize("manners", ["", "trap '' TERM; "], ids=["polite", "stubborn"])
async def test_the_end_of_the_input_ends_the_command_and_its_children(
    shell: list[str], tmp_path: Path, manners: str, longest_s: float | None
) -> None:
    file = tmp_path / "pids"
    async with started(shell, tied(manners + SELF_AND_CHILD.format(file=file), longest_s)) as process:
        pids = await pids_in(file)
        assert all(map(alive, pids))
        assert process.stdin
        process.stdin.close()
        for pid in pids:
            await until_gone(pid)


async def test_a_command_that_outlives_its_time_is_ended_without_us(shell: list[str], tmp_path: Path) -> None:
    file = tmp_path / "pids"
    async with started(shell, tied(SELF_AND_CHILD.format(file=file), 0.5)) as process:
        for pid in await pids_in(file):
            await until_gone(pid)
        assert await process.wait() == -signal.SIGTERM


async def test_without_the_timeout_program_a_command_runs_all_the_same(
    shell: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for tool in ("cat", "sleep"):
        (tmp_path / "bin" / tool).symlink_to(f"/bin/{tool}")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    async with started(shell, tied("echo here", 30.0)) as process:
        assert await output_of(process) == (b"here\n", b"")
        assert await process.wait() == 0
