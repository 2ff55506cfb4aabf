"""Reading to the end without trusting that there is one."""

from __future__ import annotations

import asyncio
from typing import Protocol

from hydra_tui.core.errors import ReplyTooLarge

CHUNK_BYTES = 65536
OUTPUT_LIMIT_BYTES = 2**20
"""What one run of a command may write to each of its outputs, unless its caller says otherwise."""


class Readable(Protocol):
    """Both asyncio's and asyncssh's streams."""

    async def read(self, n: int, /) -> bytes:
        """At most `n` bytes, and none at the end."""
        ...


async def read_both(stdout: Readable, stderr: Readable, limit: int, who: str) -> tuple[bytes, bytes]:
    """Both outputs until their ends. Raises `ReplyTooLarge` in the name of `who` past `limit` bytes of one.

    When it ends, nobody reads them any more.
    """
    readers = [asyncio.ensure_future(_read_all(source, limit, who)) for source in (stdout, stderr)]
    try:
        first, second = await asyncio.gather(*readers)
    finally:
        for reader in readers:
            reader.cancel()
        await asyncio.wait(readers)
    return first, second


async def _read_all(source: Readable, limit: int, who: str) -> bytes:
    got = bytearray()
    while chunk := await source.read(CHUNK_BYTES):
        got += chunk
        if len(got) > limit:
            raise ReplyTooLarge(f"{who} wrote more than {limit} bytes")
    return bytes(got)
