"""Plain TCP: what comes back, and each way in which nothing does."""

from __future__ import annotations

import asyncio
import errno
import socket

import pytest

from hydra_tui.core.errors import (
    ConnectionLost,
    ConnectionRefused,
    NameNotResolved,
    NoAnswer,
    TargetError,
    Unreachable,
)
from hydra_tui.transport import tcp
from hydra_tui.transport.os_errors import from_os
from hydra_tui.transport.place import place_of
from tests.loopback import Handler, closed_port, serving
from tests.transport.faults import greeting, hang_up, reset, silence


async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"+" + await reader.read(100))
    await writer.drain()
    await reader.read()


async def test_an_exchange_returns_what_came_without_waiting_for_the_end() -> None:
    async with serving(echo) as port:
        assert await tcp.exchange("127.0.0.1", port, b"PING\r\n", timeout_s=20) == b"+PING\r\n"


async def test_an_answer_is_cut_at_the_limit() -> None:
    async with serving(greeting(b"x" * 10_000)) as port:
        assert await tcp.exchange("127.0.0.1", port, b"?", limit=5, timeout_s=20) == b"xxxxx"


async def test_connecting_tells_the_seconds() -> None:
    async with serving(silence) as port:
        assert 0 < await tcp.connect("127.0.0.1", port, timeout_s=20) < 20


@pytest.mark.parametrize(
    ("handler", "timeout_s", "kind", "words"),
    [
        (hang_up, 20, ConnectionLost, "closed the connection without an answer"),
        (reset, 20, ConnectionLost, "reset the connection"),
        (silence, 0.3, NoAnswer, "gave no answer within 0.3 s"),
    ],
)
async def test_each_silence_has_its_error(
    handler: Handler, timeout_s: float, kind: type[TargetError], words: str
) -> None:
    async with serving(handler) as port:
        with pytest.raises(TargetError, match=words) as caught:
            await tcp.exchange("127.0.0.1", port, b"PING\r\n", timeout_s=timeout_s)
    assert type(caught.value) is kind


async def test_a_peer_that_never_reads_is_left_in_time() -> None:
    stay = asyncio.Event()

    async def deaf(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await stay.wait()

    async with serving(deaf) as port:
        with pytest.raises(NoAnswer):
            await tcp.exchange("127.0.0.1", port, b"x" * 2**25, timeout_s=0.3)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
async def test_a_closed_port_is_connection_refused(host: str) -> None:
    with pytest.raises(ConnectionRefused):
        await tcp.connect(host, closed_port(), timeout_s=20)


@pytest.mark.parametrize(
    ("host", "port"), [("no-such-host.invalid", 1), ("a" * 70, 1), ("127.0.0.1", 99_999)]
)
async def test_what_is_no_address_is_not_resolved(host: str, port: int) -> None:
    with pytest.raises(NameNotResolved):
        await tcp.connect(host, port, timeout_s=20)


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        (ConnectionRefusedError(), ConnectionRefused, "connection refused: nothing listens on h:1"),
        (OSError("Multiple exceptions: [Errno 111] a, [Errno 111] b"), ConnectionRefused, "refused"),
        (OSError(errno.EHOSTUNREACH, "x"), Unreachable, "no route to h:1"),
        (OSError(errno.ENETUNREACH, "x"), Unreachable, "no route to the network of h:1"),
        (OSError(errno.EMFILE, "x"), Unreachable, "h:1: Too many open files"),
        (OSError("strange \x1b"), Unreachable, r"h:1: strange \\x1b"),
        (BrokenPipeError(), ConnectionLost, "closed the connection"),
        (ConnectionResetError("Connection lost"), ConnectionLost, "reset the connection"),
        (TimeoutError(), NoAnswer, "does not answer"),
        (socket.gaierror(-2, "Name or service not known"), NameNotResolved, "unknown here"),
    ],
    ids=repr,
)
def test_an_error_of_the_system_becomes_ours(error: OSError, kind: type[TargetError], words: str) -> None:
    with pytest.raises(TargetError, match=words) as caught:
        raise from_os(error, "h:1")
    assert type(caught.value) is kind


@pytest.mark.parametrize(("host", "shown"), [("node-a", "node-a:22"), ("::1", "[::1]:22")])
def test_an_address_is_named_as_in_a_url(host: str, shown: str) -> None:
    assert place_of(host, 22) == shown
