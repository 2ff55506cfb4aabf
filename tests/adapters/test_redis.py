"""Redis: its INFO, its refusals, and servers that only pretend."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hydra_tui.adapters.base.kind import Site
from hydra_tui.adapters.redis import KIND, findings, parse_info
from hydra_tui.core.errors import MalformedReply, NotReady, ServiceFailed, TargetError, Unauthorised
from hydra_tui.core.quantity import Fact
from hydra_tui.core.readings import Findings
from hydra_tui.core.state import State
from hydra_tui.core.text import inert
from tests.loopback import Handler, serving

INFO = (Path(__file__).parent / "recordings" / "redis_info.txt").read_text()


def bulk(text: str) -> bytes:
    return f"${len(text.encode())}\r\n{text}\r\n".encode()


def answering(answers: dict[str, bytes], otherwise: bytes = b"-ERR unknown command\r\n") -> Handler:
    """Answers RESP commands by their first word."""

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await reader.read(1) == b"*":
            words = []
            for _ in range(int(await reader.readline())):
                size = int((await reader.readline())[1:])
                words.append((await reader.readexactly(size + 2))[:-2].decode())
            writer.write(answers.get(words[0], otherwise))
            await writer.drain()

    return handler


async def probed(handler: Handler, user: str | None = None, key: str | None = None) -> Findings:
    async with serving(handler) as port:
        adapter = KIND.build(Site("r", f"redis://127.0.0.1:{port}", user=user, key=key, timeout_s=2.0))
        try:
            return await adapter.probe()
        finally:
            await adapter.close()


async def test_the_info_of_a_real_redis_gives_version_memory_clients_and_keys() -> None:
    assert await probed(answering({"INFO": bulk(INFO)})) == Findings(
        version="7.0.15",
        facts=(Fact("used_memory_bytes", 966272, "memory"), Fact("clients", 1), Fact("keys", 3)),
    )


async def test_user_and_password_are_sent_before_the_question() -> None:
    with pytest.raises(Unauthorised, match="its password is refused"):
        await probed(answering({"AUTH": b"-WRONGPASS invalid username-password pair\r\n"}), "hydra", "wrong")
    signed_in = answering({"AUTH": b"+OK\r\n", "INFO": bulk(INFO)})
    assert (await probed(signed_in, "hydra", "right")).version == "7.0.15"


@pytest.mark.parametrize(
    ("refusal", "error", "words"),
    [
        ("NOAUTH Authentication required.", Unauthorised, "asks for a password"),
        ("NOPERM this user has no permissions to run the 'info' command", Unauthorised, "may not"),
        ("DENIED Redis is running in protected mode because …", Unauthorised, "protected mode"),
        ("LOADING Redis is loading the dataset in memory", NotReady, "loading"),
        ("MASTERDOWN Link with MASTER is down", NotReady, "MASTER"),
        ("BUSY Redis is busy running a script.", NotReady, "script"),
        ("ERR max number of clients reached", ServiceFailed, "max number of clients"),
        ("ERR unknown command 'INFO'", ServiceFailed, "unknown command"),
    ],
)
async def test_a_refusal_is_told_in_redis_own_words(
    refusal: str, error: type[TargetError], words: str
) -> None:
    with pytest.raises(error, match=words):
        await probed(answering({}, otherwise=f"-{refusal}\r\n".encode()))


async def test_a_refusal_that_is_said_before_any_question_is_heard() -> None:
    async def protected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"-DENIED Redis is running in protected mode\r\n")
        await reader.read(4096)

    with pytest.raises(Unauthorised, match="protected mode"):
        await probed(protected)


@pytest.mark.parametrize("reply", [b"+OK\r\n", b":7\r\n", b"$-1\r\n", b"*0\r\n", b"$5\r\nhello\r\n"])
async def test_an_info_of_another_shape_is_malformed(reply: bytes) -> None:
    with pytest.raises(MalformedReply, match="answers, but not like Redis"):
        await probed(answering({"INFO": reply}))


@pytest.mark.parametrize(
    ("lines", "state", "reason"),
    [
        ({"loading": "1"}, State.BUSY, "loading its dataset"),
        ({"rdb_last_bgsave_status": "err"}, State.DEGRADED, "the last snapshot failed"),
        ({"aof_last_write_status": "err"}, State.DEGRADED, "its log cannot be written"),
        ({"master_link_status": "down"}, State.DEGRADED, "it has lost its master"),
        ({"master_link_status": "up"}, State.UP, ""),
    ],
)
def test_trouble_that_a_ping_would_not_show(lines: dict[str, str], state: State, reason: str) -> None:
    found = findings({"redis_version": "7.0.15", **lines})
    assert (found.state, found.reason) == (state, reason)


def test_a_valkey_is_shown_by_its_own_version() -> None:
    assert findings({"redis_version": "7.2.4", "valkey_version": "8.1.0"}).version == "8.1.0"


def test_a_memory_limit_is_shown_where_there_is_one() -> None:
    facts = findings({"redis_version": "7", "used_memory": "5", "maxmemory": "1000"}).facts
    assert Fact("memory_limit_bytes", 1000, "memory limit") in facts


@given(st.text(), st.text(), st.text())
def test_no_info_can_break_the_facts(memory: str, clients: str, keys: str) -> None:
    text = f"redis_version:7\r\nused_memory:{memory}\r\nconnected_clients:{clients}\r\ndb0:{keys}"
    for fact in findings(parse_info(text)).facts:
        assert fact.value is None or (isinstance(fact.value, int) and fact.value >= 0)


@given(st.text())
def test_the_values_of_an_info_are_inert(text: str) -> None:
    assert all(value == inert(value) for value in parse_info(text).values())
