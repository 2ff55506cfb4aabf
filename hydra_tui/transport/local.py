"""Commands on the operator's own machine: no shell, no input, no endless output."""

from __future__ import annotations

import asyncio
import os
import signal
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Sequence
from contextlib import suppress

from hydra_tui.core.errors import CommandMissing
from hydra_tui.transport.bounded import CHUNK_BYTES, OUTPUT_LIMIT_BYTES, read_both
from hydra_tui.transport.completed import Completed
from hydra_tui.transport.time_limit import time_limit

REAP_S = 1.0
"""A killed process that the kernel does not give back by then is left to it."""


async def run(argv: Sequence[str], *, timeout_s: float, limit: int = OUTPUT_LIMIT_BYTES) -> Completed:
    """Runs a program found on PATH until it ends by itself; whatever its exit status, it completed.

    Raises `CommandMissing`, `NoAnswer` past `timeout_s`, `ReplyTooLarge` past `limit` bytes of
    either output. In the last two cases, and when cancelled, it is killed with its children.
    """
    program = argv[0]
    process = await _start(argv)
    try:
        async with time_limit(timeout_s, f"{program} took longer than {timeout_s:g} s"):
            return await _complete(process, limit, program)
    except BaseException:
        await _kill(process)
        raise


async def _start(argv: Sequence[str]) -> Process:
    try:
        # A session of its own makes its children killable with it, and has no terminal to prompt on.
        return await asyncio.create_subprocess_exec(
            *argv, stdin=DEVNULL, stdout=PIPE, stderr=PIPE, start_new_session=True
        )
    except FileNotFoundError as error:
        raise CommandMissing(f"{argv[0]} is not installed here") from error
    except OSError as error:
        raise CommandMissing(f"{argv[0]} cannot be started here: {error.strerror}") from error


async def _complete(process: Process, limit: int, program: str) -> Completed:
    assert process.stdout
    assert process.stderr
    stdout, stderr = await read_both(process.stdout, process.stderr, limit, program)
    status = await process.wait()
    return Completed(status, stdout.decode(errors="replace"), stderr.decode(errors="replace"))


async def _kill(process: Process) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    with suppress(TimeoutError):
        async with asyncio.timeout(REAP_S):
            # Its pipes close only once what it had written has been read.
            await asyncio.gather(_discard(process.stdout), _discard(process.stderr), process.wait())


async def _discard(source: asyncio.StreamReader | None) -> None:
    while source and await source.read(CHUNK_BYTES):
        pass
