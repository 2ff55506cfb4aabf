"""Every way a server can fail us over HTTP has its error, its words and its end in time."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from hydra_tui.core.errors import (
    ConnectionLost,
    ConnectionRefused,
    MalformedReply,
    NameNotResolved,
    NoAnswer,
    ReplyTooLarge,
    TargetError,
    TlsFailed,
)
from hydra_tui.transport.http import HttpClient
from tests.loopback import Handler, closed_port, request_head, serving
from tests.transport.certificate import serving_tls
from tests.transport.faults import dripping, greeting, hang_up, http_reply, reset, saying, silence

CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
HTML = b"<!DOCTYPE html><title>Welcome</title><h1>hello</h1>"


@asynccontextmanager
async def client_of(port: int, **options: Any) -> AsyncIterator[HttpClient]:
    client = HttpClient(f"http://127.0.0.1:{port}", **{"timeout_s": 20.0, **options})
    try:
        yield client
    finally:
        await client.close()


async def failure(handler: Handler, **options: Any) -> TargetError:
    """The error of one `get_json` against a server that does this."""
    async with serving(handler) as port, client_of(port, **options) as client:
        with pytest.raises(TargetError) as caught:
            await client.get_json("/api/version")
    return caught.value


@pytest.mark.parametrize(
    "handler",
    [
        silence,
        dripping(b"HTTP/1.1 200 OK\r\nX-Long: ", b"x"),
        dripping(CHUNKED, b"1\r\nx\r\n"),
    ],
    ids=["silence", "a dripping head", "a dripping body"],
)
async def test_a_server_that_takes_too_long_is_no_answer(handler: Handler) -> None:
    error = await failure(handler, timeout_s=0.3)
    assert type(error) is NoAnswer
    assert "no complete answer within 0.3 s" in str(error)


@pytest.mark.parametrize(
    ("handler", "kind", "words"),
    [
        (reset, ConnectionLost, "reset the connection"),
        (hang_up, ConnectionLost, "closed the connection before its answer was complete"),
        (saying(CHUNKED + b"5\r\nhel"), ConnectionLost, "before its answer was complete"),
        (saying(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"), ConnectionLost, "before its answer"),
        (greeting(b"SSH-2.0-OpenSSH_9.2\r\n\r\n"), MalformedReply, "does not speak HTTP"),
        (greeting(b"SSH-2.0-OpenSSH_9.2\r\n"), ConnectionLost, "before its answer was complete"),
        (saying(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000), MalformedReply, "does not speak HTTP"),
        (saying(http_reply(HTML, kind="text/html")), MalformedReply, "answers with a web page, not JSON"),
        (saying(http_reply(HTML)), MalformedReply, "answers with a web page, not JSON"),
        (saying(http_reply(b" ")), MalformedReply, "answers with nothing where JSON was expected"),
        (saying(http_reply(b'"\xff\xfe"')), MalformedReply, "bytes that are not UTF-8"),
        (saying(http_reply(b"[" * 200_000)), MalformedReply, "nested too deeply"),
        (
            saying(http_reply(b"{nope}", kind="text/plain; charset=x")),
            MalformedReply,
            "text/plain that is not",
        ),
        (saying(http_reply(b"{nope}", kind="")), MalformedReply, "something that is not JSON"),
        (
            saying(http_reply(gzip.compress(b"{}"), more="Content-Encoding: gzip\r\n")),
            MalformedReply,
            "compresses its answers",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_each_fault_of_a_server_has_its_error(
    handler: Handler, kind: type[TargetError], words: str
) -> None:
    error = await failure(handler)
    assert type(error) is kind
    assert words in str(error)


async def test_malformed_json_names_the_path() -> None:
    assert str(await failure(saying(http_reply(HTML)))).startswith("/api/version answers with")


async def test_a_body_announced_as_too_large_is_not_read() -> None:
    error = await failure(
        saying(b"HTTP/1.1 200 OK\r\nContent-Length: 104857600\r\n\r\n"), max_body_bytes=1000
    )
    assert type(error) is ReplyTooLarge
    assert "more than 1000 bytes" in str(error)


async def test_a_hundred_megabytes_cost_no_more_than_the_limit() -> None:
    piece, pieces = b"x" * 2**20, 100
    sent = 0

    async def flood(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        writer.write(CHUNKED)
        for _ in range(pieces):
            writer.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            await writer.drain()
            sent += len(piece)

    error = await failure(flood, max_body_bytes=2**20)
    assert type(error) is ReplyTooLarge
    assert sent < pieces * len(piece) / 2  # the rest is what socket buffers swallow


async def test_a_closed_port_is_connection_refused() -> None:
    port = closed_port()
    async with client_of(port) as client:
        with pytest.raises(
            ConnectionRefused, match=f"connection refused: nothing listens on 127.0.0.1:{port}"
        ):
            await client.get("/")


async def test_a_name_with_several_addresses_that_all_refuse_is_connection_refused() -> None:
    client = HttpClient(f"http://localhost:{closed_port()}")
    with pytest.raises(ConnectionRefused):
        await client.get("/")
    await client.close()


@pytest.mark.parametrize("host", ["no-such-host.invalid", "a" * 70 + ".invalid"])
async def test_an_unknown_name_is_not_resolved(host: str) -> None:
    client = HttpClient(f"http://{host}:4000")
    with pytest.raises(NameNotResolved):
        await client.get("/")
    await client.close()


@pytest.mark.parametrize("url", ["127.0.0.1:4000", "ftp://127.0.0.1", "http://", "http://127.0.0.1:99999"])
async def test_what_is_no_http_url_is_an_error_of_ours(url: str) -> None:
    client = HttpClient(url)
    with pytest.raises(TargetError):
        await client.get("/")
    await client.close()


async def test_https_to_a_plain_server_says_so() -> None:
    async with serving(greeting(http_reply(status=400))) as port:
        client = HttpClient(f"https://127.0.0.1:{port}", timeout_s=20.0)
        with pytest.raises(TlsFailed, match="does not speak TLS"):
            await client.get("/")
        await client.close()


async def test_http_to_a_tls_server_is_not_http(tmp_path: Path) -> None:
    async with serving_tls(http_reply(), tmp_path) as port, client_of(port) as client:
        with pytest.raises((MalformedReply, ConnectionLost)):
            await client.get("/")


async def test_a_certificate_nobody_vouches_for_is_refused_unless_told_otherwise(tmp_path: Path) -> None:
    async with serving_tls(http_reply(b"{}"), tmp_path) as port:
        strict = HttpClient(f"https://127.0.0.1:{port}", timeout_s=20.0)
        with pytest.raises(TlsFailed, match="certificate is not trusted"):
            await strict.get("/")
        await strict.close()
        lenient = HttpClient(f"https://127.0.0.1:{port}", timeout_s=20.0, verify_tls=False)
        assert await lenient.get_json("/") == {}
        await lenient.close()


async def test_cancelling_a_request_leaves_nothing_open() -> None:
    ended = asyncio.Event()
    begun = asyncio.Event()

    async def watch(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_head(reader)
        begun.set()
        await reader.read()
        ended.set()

    async with serving(watch) as port, client_of(port) as client:
        asking = asyncio.ensure_future(client.get("/"))
        await begun.wait()
        asking.cancel()
        await asyncio.wait_for(ended.wait(), 10)
        with pytest.raises(asyncio.CancelledError):
            await asking
