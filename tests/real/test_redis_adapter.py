"""A real Redis, with and without a password, is probed and found."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from hydra_tui.adapters.base.discovery import Found, discover
from hydra_tui.adapters.base.kind import Site
from hydra_tui.adapters.redis import KIND
from hydra_tui.core.errors import ConnectionRefused, TlsFailed, Unauthorised
from hydra_tui.core.readings import Findings
from hydra_tui.core.state import State
from tests.loopback import closed_port
from tests.real.certificates import Certificate, self_signed
from tests.real.programs import running

pytestmark = pytest.mark.real

PASSWORD = "a-throw-away-password"
Server = Callable[..., AbstractAsyncContextManager[int]]


@pytest.fixture
def certificate(require: Callable[[str], str], tmp_path: Path) -> Certificate:
    return self_signed(require("openssl"), tmp_path)


@pytest.fixture
def redis_server(require: Callable[[str], str], tmp_path: Path) -> Server:
    """`redis_server("--requirepass", …)` runs one and yields its port."""
    program = require("redis-server")

    @asynccontextmanager
    async def serve(*options: str) -> AsyncIterator[int]:
        port = closed_port()
        base = (program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path))
        async with running((*base, *options), port, tmp_path / "redis.log"):
            yield port

    return serve


async def probed(port: int, **login: Any) -> Findings:
    return await read(Site("cache", f"redis://127.0.0.1:{port}", **login))


async def read(site: Site) -> Findings:
    adapter = KIND.build(site)
    try:
        return await adapter.probe()
    finally:
        await adapter.close()


async def told(port: int, command: bytes) -> bytes:
    """What the server answers to an inline command."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(command + b"\r\n")
    answer = await reader.readline()
    writer.close()
    await writer.wait_closed()
    return answer


async def test_a_redis_without_a_password_tells_its_figures(redis_server: Server) -> None:
    async with redis_server() as port:
        assert await told(port, b"MSET a 1 b 2 c 3") == b"+OK\r\n"
        found = await probed(port)
    figures = {fact.name: fact.value for fact in found.facts}
    assert found.state is State.UP
    assert found.version is not None
    assert found.version[0].isdigit()
    assert figures["keys"] == 3
    assert figures["clients"] == 1
    assert isinstance(figures["used_memory_bytes"], int)
    assert figures["used_memory_bytes"] > 100_000


async def test_a_redis_with_a_password_wants_the_right_one(redis_server: Server) -> None:
    async with redis_server("--requirepass", PASSWORD) as port:
        with pytest.raises(Unauthorised, match="asks for a password"):
            await probed(port)
        with pytest.raises(Unauthorised, match="password is refused"):
            await probed(port, key="wrong")
        assert (await probed(port, key=PASSWORD)).state is State.UP
        assert (await probed(port, key=PASSWORD, user="default")).state is State.UP


async def test_a_user_who_may_only_ping_and_ask_for_info_is_enough(redis_server: Server) -> None:
    async with redis_server("--user", "watcher", "on", f">{PASSWORD}", "+ping", "+info") as port:
        assert (await probed(port, key=PASSWORD, user="watcher")).state is State.UP


async def test_a_user_who_may_not_ask_for_info_is_told_so(redis_server: Server) -> None:
    async with redis_server("--user", "mute", "on", f">{PASSWORD}", "+ping") as port:
        with pytest.raises(Unauthorised, match="may not"):
            await probed(port, key=PASSWORD, user="mute")


@pytest.mark.parametrize("options", [(), ("--requirepass", PASSWORD)])
async def test_a_redis_is_found_with_and_without_a_password(
    redis_server: Server, options: tuple[str, ...]
) -> None:
    async with redis_server(*options) as port:
        assert await discover(kinds=[KIND], ports={"redis": port}) == [Found("redis", "127.0.0.1", port)]


async def test_a_redis_behind_tls_is_trusted_or_not(redis_server: Server, certificate: Certificate) -> None:
    tls_port = closed_port()
    files = ("--tls-cert-file", str(certificate.file), "--tls-key-file", str(certificate.key))
    async with redis_server("--tls-port", str(tls_port), *files, "--tls-auth-clients", "no"):
        url = f"rediss://127.0.0.1:{tls_port}"
        assert (await read(Site("cache", url, verify_tls=False))).state is State.UP
        with pytest.raises(TlsFailed, match="certificate"):
            await read(Site("cache", url))


async def test_a_redis_that_goes_away_is_refused_at_the_next_look(redis_server: Server) -> None:
    async with redis_server() as port:
        adapter = KIND.build(Site("cache", f"redis://127.0.0.1:{port}"))
        assert (await adapter.probe()).state is State.UP
    with pytest.raises(ConnectionRefused):
        await adapter.probe()
    await adapter.close()
