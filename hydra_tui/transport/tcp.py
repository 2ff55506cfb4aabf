"""Plain TCP: one question, one answer, or only whether a port opens."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from hydra_tui.core.errors import ConnectionLost
from hydra_tui.transport.os_errors import os_errors_of
from hydra_tui.transport.place import place_of
from hydra_tui.transport.time_limit import time_limit

ANSWER_LIMIT_BYTES = 4096


async def exchange(
    host: str, port: int, payload: bytes, *, limit: int = ANSWER_LIMIT_BYTES, timeout_s: float
) -> bytes:
    """Sends `payload`; the first bytes that come back, at most `limit` of them.

    Raises `Unreachable` and its children; an end without a byte is `ConnectionLost`.
    """
    async with _opened(host, port, timeout_s) as (reader, writer):
        writer.write(payload)
        await writer.drain()
        answer = await reader.read(limit)
    if not answer:
        raise ConnectionLost(f"{place_of(host, port)} closed the connection without an answer")
    return answer


async def connect(host: str, port: int, *, timeout_s: float) -> float:
    """Seconds it took to connect; hangs up at once. Raises `Unreachable` and its children."""
    started = time.perf_counter()
    async with _opened(host, port, timeout_s):
        return time.perf_counter() - started


@asynccontextmanager
async def _opened(
    host: str, port: int, timeout_s: float
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    place = place_of(host, port)
    with os_errors_of(place):
        async with time_limit(timeout_s, f"{place} gave no answer within {timeout_s:g} s"):
            reader, writer = await asyncio.open_connection(host, port)
            try:
                yield reader, writer
            finally:
                await _hang_up(writer)


async def _hang_up(writer: asyncio.StreamWriter) -> None:
    """Without waiting for the other side, which may never read what is still to be sent."""
    writer.transport.abort()
    with suppress(OSError):
        await writer.wait_closed()
