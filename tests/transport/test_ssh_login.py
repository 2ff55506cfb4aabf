"""Logins that fail before any SSH server could have its say, and calls that share one login."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from hydra_tui.core.errors import (
    ConnectionLost,
    ConnectionRefused,
    MalformedReply,
    NameNotResolved,
    NoAnswer,
    TargetError,
)
from hydra_tui.transport.ssh import Patience, SshAddress, SshConnection
from tests.loopback import Handler, closed_port, serving
from tests.transport.faults import greeting, hang_up, reset, silence

HASTY = Patience(login_s=0.5)
CALM = Patience(login_s=20)


async def failure(address: SshAddress, patience: Patience = CALM) -> TargetError:
    """The error with which a command there fails."""
    node = SshConnection(address, patience)
    with pytest.raises(TargetError) as caught:
        await node.run("true", timeout_s=20)
    assert not node.connected
    await node.close()
    return caught.value


@pytest.mark.parametrize(
    ("handler", "patience", "kind", "words"),
    [
        (silence, HASTY, NoAnswer, "accepts connections, but the SSH login did not end in time"),
        (greeting(b""), CALM, ConnectionLost, "is an SSH server on that port?"),
        (hang_up, CALM, ConnectionLost, "is an SSH server on that port?"),
        (reset, CALM, ConnectionLost, "reset the connection"),
        (greeting(b"HTTP/1.1 400 Bad Request\r\n\r\n"), CALM, ConnectionLost, "is an SSH server"),
        (greeting(b"SSH-1.5-ancient\r\n"), CALM, MalformedReply, "does not speak SSH as we do"),
        (greeting(b"SSH-2.0-x\r\n" + b"\xff" * 64), CALM, MalformedReply, "does not speak SSH as we do"),
    ],
    ids=["silence", "nothing", "hang up", "reset", "HTTP", "SSH 1", "garbage"],
)
async def test_what_is_no_ssh_server_has_its_error(
    handler: Handler, patience: Patience, kind: type[TargetError], words: str
) -> None:
    async with serving(handler) as port:
        error = await failure(SshAddress("127.0.0.1", port, "someone"), patience)
    assert type(error) is kind
    assert f"127.0.0.1:{port}" in str(error)
    assert words in str(error)


@contextmanager
def full_port() -> Iterator[int]:
    """A port whose queue is full: the kernel answers no further connection to it."""
    with socket.socket() as server, socket.socket() as first, socket.socket() as second:
        server.bind(("127.0.0.1", 0))
        server.listen(0)
        for client in (first, second):
            client.setblocking(False)
            client.connect_ex(server.getsockname())
        yield server.getsockname()[1]


async def test_a_host_that_answers_no_packet_is_no_answer() -> None:
    with full_port() as port:
        error = await failure(SshAddress("127.0.0.1", port), HASTY)
    assert type(error) is NoAnswer
    assert str(error) == f"127.0.0.1:{port} did not answer in time"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
async def test_a_closed_port_is_connection_refused(host: str) -> None:
    port = closed_port()
    error = await failure(SshAddress(host, port))
    assert type(error) is ConnectionRefused
    assert f"connection refused: nothing listens on {host}:{port}" in str(error)


async def test_an_unknown_name_is_not_resolved() -> None:
    error = await failure(SshAddress("no-such-host.invalid"))
    assert type(error) is NameNotResolved
    assert "no-such-host.invalid:22: that host name is unknown here" in str(error)


async def test_calls_at_once_share_one_attempt_and_its_failure() -> None:
    visits = 0

    async def count(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal visits
        visits += 1
        await reader.read(1)

    async with serving(count) as port:
        node = SshConnection(SshAddress("127.0.0.1", port), CALM)
        calls = (node.run("true", timeout_s=20) for _ in range(5))
        errors = await asyncio.gather(*calls, return_exceptions=True)
        assert {type(error) for error in errors} == {ConnectionLost}
        assert visits == 1
        with pytest.raises(ConnectionLost):
            await node.run("true", timeout_s=20)
        assert visits == 2
        await node.close()


async def test_whoever_stops_waiting_does_not_stop_the_login_for_others() -> None:
    arrived = asyncio.Event()
    hung_up = asyncio.Event()

    async def wait(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        arrived.set()
        while await reader.read(4096):
            pass
        hung_up.set()

    async with serving(wait) as port:
        node = SshConnection(SshAddress("127.0.0.1", port), CALM)
        first, second = (asyncio.ensure_future(node.run("true", timeout_s=20)) for _ in range(2))
        await asyncio.wait_for(arrived.wait(), 20)
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
        assert not hung_up.is_set()
        await node.close()
        await asyncio.wait_for(hung_up.wait(), 20)
        with pytest.raises(asyncio.CancelledError):
            await second
