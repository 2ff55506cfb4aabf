"""Telling what listens on a port by what it says: harmless questions, a short time, no exceptions."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import wraps

from hydra_tui.adapters.base.kind import Recognise
from hydra_tui.adapters.base.late import imported
from hydra_tui.core.errors import TargetError
from hydra_tui.transport.http import HttpClient
from hydra_tui.transport.place import place_of

RECOGNITION_S = 1.5
"""All questions of one recognition together may take this long."""

LONGEST_ANSWER = 64 * 1024
"""Bytes: what a service says of itself is short."""


def harmless(recognise: Recognise) -> Recognise:
    """`recognise` within `RECOGNITION_S`; every failure of the service is a plain `False`."""

    @wraps(recognise)
    async def guarded(host: str, port: int) -> bool:
        try:
            async with asyncio.timeout(RECOGNITION_S):
                return await recognise(host, port)
        except (TargetError, OSError, ValueError):
            return False

    return guarded


def over_http(ask: Callable[[HttpClient], Awaitable[bool]]) -> Recognise:
    """A recogniser that asks by plain HTTP, without a key."""

    async def visited(host: str, port: int) -> bool:
        client = HttpClient(
            f"http://{place_of(host, port)}", timeout_s=RECOGNITION_S, max_body_bytes=LONGEST_ANSWER
        )
        try:
            return await ask(client)
        finally:
            await client.close()

    async def recognise(host: str, port: int) -> bool:
        await imported("hydra_tui.transport.http_wire")
        return await harmless(visited)(host, port)

    return recognise
