"""Scripted servers beyond those of `tests.loopback`: exact bytes, and every way of not answering."""

from __future__ import annotations

import asyncio

from tests.loopback import Handler, Spy, request_head, resetting

reset = resetting(Spy())
"""Answers with a TCP reset."""


def saying(raw: bytes) -> Handler:
    """Answers one HTTP request with these bytes and hangs up."""

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_head(reader)
        writer.write(raw)
        await writer.drain()

    return handler


def greeting(raw: bytes) -> Handler:
    """Speaks first, and hangs up once the client has said something."""

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(raw)
        await writer.drain()
        await reader.read(1)

    return handler


def dripping(head: bytes, drop: bytes) -> Handler:
    """A beginning, then a drop now and then, for ever: every single read succeeds."""

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        while True:
            writer.write(drop)
            await writer.drain()
            await asyncio.sleep(0.02)

    return handler


async def silence(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Accepts, reads, and never says a word."""
    while await reader.read(4096):
        pass


async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Reads something, then closes without an answer."""
    await reader.read(4096)


def http_reply(
    body: bytes = b"", *, status: int = 200, kind: str = "application/json", more: str = ""
) -> bytes:
    """A whole HTTP/1.1 reply; `more` are further header lines, each ended by CRLF."""
    head = (
        f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
        f"Connection: close\r\n{more}\r\n"
    )
    return head.encode() + body
