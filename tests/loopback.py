"""Servers on loopback that tests talk to: well-behaved ones that replay replies, and every bad kind."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
"""Owns one connection; it is closed when the handler returns."""

GONE = (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError)
"""The client hung up or sent something else: none of a test server's business."""


@asynccontextmanager
async def serving(handler: Handler) -> AsyncIterator[int]:
    """Runs `handler` for every connection to the port it yields; ends all of them on the way out."""
    busy: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(*GONE):
            try:
                await handler(reader, writer)
            finally:
                writer.close()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(serve(reader, writer))
        busy.add(task)
        task.add_done_callback(busy.discard)

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in list(busy):
            task.cancel()
        await asyncio.gather(*busy, return_exceptions=True)


def closed_port() -> int:
    """A port where nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


@dataclass(frozen=True)
class Answer:
    """An HTTP reply."""

    status: int = 200
    body: bytes = b""
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of_json(cls, value: Any, status: int = 200) -> Answer:
        return cls(status, json.dumps(value).encode())

    def encoded(self) -> bytes:
        lines = {
            "content-type": self.content_type,
            "content-length": str(len(self.body)),
            "connection": "close",
            **self.headers,
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        return f"HTTP/1.1 {self.status} Whatever\r\n{head}\r\n".encode() + self.body


@dataclass
class Spy:
    """What clients asked for, in order: `GET /path`, and the keys they sent."""

    requests: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)

    def note(self, head: str) -> str:
        request = " ".join(head.split(" ")[:2])
        self.requests.append(request)
        self.keys += [line for line in head.splitlines() if line.lower().startswith("authorization:")]
        return request


async def request_head(reader: asyncio.StreamReader) -> str:
    """The request line and headers of one HTTP request; other protocols are hung up on, as servers do."""
    method = await reader.readexactly(4)
    if not method.strip().isalpha():
        raise ConnectionError("that is not HTTP")
    return (method + await reader.readuntil(b"\r\n\r\n")).decode("latin-1")


def replaying(answers: Mapping[str, Answer], spy: Spy) -> Handler:
    """Answers each path with its reply, any other with that of `*`, or a 404 as FastAPI gives it."""
    unknown = answers.get("*", Answer.of_json({"detail": "Not Found"}, 404))

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = spy.note(await request_head(reader))
        writer.write(answers.get(request.removeprefix("GET "), unknown).encoded())
        await writer.drain()

    return handler


def always(answer: Answer, spy: Spy) -> Handler:
    """Gives one reply to everything."""
    return raw(answer.encoded(), spy)


def raw(reply: bytes, spy: Spy) -> Handler:
    """Sends these bytes after whatever arrives first, then hangs up."""

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        spy.note((await reader.read(4096)).decode("latin-1"))
        writer.write(reply)
        await writer.drain()

    return handler


def hanging(spy: Spy) -> Handler:
    """Reads and never says a word."""

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        spy.note((await reader.read(4096)).decode("latin-1"))
        await asyncio.Event().wait()

    return handler


def hanging_at(path: str, answers: Mapping[str, Answer]) -> Handler:
    """Replays the answers, but never gives the one at `path`."""
    replay = replaying(answers, Spy())

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await request_head(reader)
        if f" {path} " in head:
            await asyncio.Event().wait()
        again = asyncio.StreamReader()
        again.feed_data(head.encode("latin-1"))
        await replay(again, writer)

    return handler


def dripping(spy: Spy) -> Handler:
    """A byte of a reply now and then, for ever: every single read succeeds."""

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        spy.note((await reader.read(4096)).decode("latin-1"))
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 99999\r\n\r\n")
        while True:
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(0.02)

    return handler


def resetting(spy: Spy) -> Handler:
    """Answers with a TCP reset."""

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        spy.note((await reader.read(4096)).decode("latin-1"))
        connection = writer.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()

    return handler


def echoing(spy: Spy) -> Handler:
    """Sends back what it gets, like the echo service of old."""

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(4096):
            spy.note(data.decode("latin-1"))
            writer.write(data)
            await writer.drain()

    return handler


def flooding(head: bytes, spy: Spy, total_bytes: int = 100 * 1024 * 1024) -> Handler:
    """A head, then `total_bytes` of the letter a without an end of line."""
    block = b"a" * 65536

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        spy.note((await reader.read(4096)).decode("latin-1"))
        writer.write(head)
        for _ in range(total_bytes // len(block)):
            writer.write(block)
            await writer.drain()

    return handler
