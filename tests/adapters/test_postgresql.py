"""PostgreSQL: its refusals, and servers that only pretend."""

from __future__ import annotations

import asyncio
import struct

import pytest

from hydra_tui.adapters.base.kind import Site
from hydra_tui.adapters.postgresql import KIND, findings
from hydra_tui.core.errors import (
    ConfigError,
    MalformedReply,
    NoAnswer,
    NotFound,
    NotReady,
    ServiceFailed,
    TargetError,
    TlsFailed,
    Unauthorised,
)
from hydra_tui.core.quantity import Fact
from hydra_tui.core.readings import Findings
from tests.loopback import Handler, Spy, raw, serving

ROW = {
    "version": "15.18 (Debian 15.18-0+deb12u1)",
    "connections": 6,
    "connection_limit": 100,
    "size_bytes": 22_000_000,
    "uptime_s": 86_400,
    "replica": False,
}
NO_LOGIN = Fact("login", "no login configured")


def message(kind: bytes, body: bytes) -> bytes:
    """A message of the PostgreSQL protocol, version 3."""
    return kind + struct.pack("!i", len(body) + 4) + body


def refusal(code: str, words: str) -> bytes:
    return message(b"E", f"SFATAL\0VFATAL\0C{code}\0M{words}\0\0".encode())


SIGNED_IN = message(b"R", struct.pack("!i", 0))
READY = message(b"Z", b"I")


def answering(reply: bytes) -> Handler:
    """No TLS, then `reply` to the start of a session and silence."""

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readexactly(8)
        writer.write(b"N")
        await reader.readexactly(8)
        writer.write(reply)
        while await reader.read(4096):
            pass

    return handler


async def probed(
    handler: Handler, user: str | None = "hydra", timeout_s: float = 3.0, **options: object
) -> Findings:
    async with serving(handler) as port:
        site = Site("p", f"postgresql://127.0.0.1:{port}", user=user, timeout_s=timeout_s, options=options)
        adapter = KIND.build(site)
        try:
            return await adapter.probe()
        finally:
            await adapter.close()


def test_a_row_of_figures_becomes_version_and_facts() -> None:
    assert findings(ROW) == Findings(
        version="15.18",
        facts=(
            Fact("connections", 6),
            Fact("connection_limit", 100, "limit"),
            Fact("size_bytes", 22_000_000, "size"),
            Fact("uptime_s", 86_400, "uptime"),
        ),
    )


def test_a_replica_is_called_one() -> None:
    assert Fact("role", "replica") in findings({**ROW, "replica": True}).facts


@pytest.mark.parametrize(("answer", "tls"), [(b"S", True), (b"N", False)])
async def test_without_a_login_the_handshake_tells_that_it_is_up(answer: bytes, tls: bool) -> None:
    found = await probed(raw(answer, Spy()), user=None)
    assert found == Findings(facts=(NO_LOGIN, Fact("tls", tls, "TLS")))


@pytest.mark.parametrize(
    ("code", "words", "error"),
    [
        ("28P01", 'password authentication failed for user "hydra"', Unauthorised),
        ("28000", 'no pg_hba.conf entry for host "192.0.2.1"', Unauthorised),
        ("42501", "permission denied", Unauthorised),
        ("57P03", "the database system is starting up", NotReady),
        ("3D000", 'database "nodb" does not exist', NotFound),
        ("53300", "remaining connection slots are reserved", ServiceFailed),
        ("XX000", "could not open file", ServiceFailed),
    ],
)
async def test_a_refusal_is_told_in_its_own_words(code: str, words: str, error: type[TargetError]) -> None:
    with pytest.raises(error) as caught:
        await probed(answering(refusal(code, words)))
    assert words in str(caught.value)


async def test_words_of_a_refusal_are_inert() -> None:
    with pytest.raises(ServiceFailed) as caught:
        await probed(answering(refusal("XX000", "\x1b]0;owned\x07")))
    assert str(caught.value).isprintable()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(
    "reply",
    [
        message(b"Q", b"whatever"),
        message(b"R", b""),
        message(b"R", struct.pack("!i", 10) + b"SCRAM-SHA-256\0\0") + message(b"R", struct.pack("!i", 11)),
        SIGNED_IN + message(b"S", b"no end"),
        SIGNED_IN + READY,
        SIGNED_IN + message(b"Z", b""),
        b"E" + struct.pack("!i", -1),
    ],
)
async def test_what_only_begins_like_postgresql_is_malformed(reply: bytes) -> None:
    with pytest.raises((MalformedReply, ServiceFailed, NoAnswer)):
        await probed(answering(reply), timeout_s=0.3)


async def test_tls_that_is_required_and_not_offered_is_told() -> None:
    with pytest.raises(TlsFailed):
        await probed(answering(b""), tls="require")


@pytest.mark.parametrize(
    ("url", "options"),
    [
        ("postgresql://127.0.0.1:5432", {"tls": "sometimes"}),
        ("postgresql://127.0.0.1:5432", {"database": 7}),
        ("postgresql://127.0.0.1", {}),
        ("postgresql://:5432", {}),
        ("postgresql://127.0.0.1:many", {}),
    ],
)
def test_a_site_that_cannot_be_used_is_refused_when_it_is_built(url: str, options: dict[str, object]) -> None:
    with pytest.raises(ConfigError, match="service `p`"):
        KIND.build(Site("p", url, options=options))
