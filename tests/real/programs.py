"""Starting a real server for the length of a test, and waiting until it serves."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from hydra_tui.core.errors import TargetError
from hydra_tui.transport import tcp

POLL_S = 0.05


@asynccontextmanager
async def running(
    command: Sequence[str],
    port: int,
    log: Path,
    *,
    user: str | None = None,
    environment: Mapping[str, str] | None = None,
    patience_s: float = 20.0,
    goodbye: signal.Signals = signal.SIGTERM,
) -> AsyncIterator[subprocess.Popen[bytes]]:
    """The program, once it listens on `port`; it and its children are ended on the way out."""
    process = _started(command, log, user, environment or {})
    try:
        await _listening(process, port, log, patience_s)
        yield process
    finally:
        _stop(process, goodbye)


def _started(
    command: Sequence[str], log: Path, user: str | None, environment: Mapping[str, str]
) -> subprocess.Popen[bytes]:
    with log.open("ab") as output:
        return subprocess.Popen(
            command,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, **environment},
            user=user,
            start_new_session=True,
        )


def _stop(process: subprocess.Popen[bytes], goodbye: signal.Signals) -> None:
    if process.poll() is None:
        os.killpg(process.pid, goodbye)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


async def _listening(process: subprocess.Popen[bytes], port: int, log: Path, patience_s: float) -> None:
    async with asyncio.timeout(patience_s):
        while True:
            assert process.poll() is None, f"it ended by itself: {_tail(log)}"
            try:
                await tcp.connect("127.0.0.1", port, timeout_s=1.0)
            except TargetError:
                await asyncio.sleep(POLL_S)
            else:
                return


def _tail(log: Path) -> str:
    return log.read_text(errors="replace")[-2000:]
