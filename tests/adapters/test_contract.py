"""Every kind of the catalogue against every bad server: findings or a reason, soon, in little memory."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import tracemalloc
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from hydra_tui.adapters.base import catalogue, recognition
from hydra_tui.adapters.base.kind import Auth, Site
from hydra_tui.core.errors import (
    ConnectionRefused,
    MalformedReply,
    NoAnswer,
    NotFound,
    RateLimited,
    ReplyTooLarge,
    ServiceFailed,
    TargetError,
    Unauthorised,
    Unreachable,
)
from hydra_tui.core.readings import Findings
from hydra_tui.core.text import inert
from tests.adapters.forbidden import assert_harmless
from tests.loopback import (
    Answer,
    Handler,
    Spy,
    always,
    closed_port,
    dripping,
    echoing,
    flooding,
    hanging,
    raw,
    resetting,
    serving,
)

TIMEOUT_S = 0.3
"""Of each call, where a server that is never done is waited for."""

PATIENT_S = 3.0
"""Of each call, where the server is quick and only this machine may be slow."""

MEMORY_BYTES = 24 * 2**20
"""An HTTP body may be four megabytes; a hundred must not be there."""

HTTP_HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n"
LONG_HEAD = b"HTTP/1.1 200 OK\r\nx-long: "


def answering(status: int, text: str = "") -> Callable[[Spy], Handler]:
    return lambda spy: always(Answer(status, text.encode(), "text/plain"), spy)


def saying(value: Any) -> Callable[[Spy], Handler]:
    return lambda spy: always(Answer(200, json.dumps(value).encode()), spy)


def sending(reply: bytes) -> Callable[[Spy], Handler]:
    return lambda spy: raw(reply, spy)


def body(content: bytes) -> Callable[[Spy], Handler]:
    return lambda spy: always(Answer(200, content), spy)


PAGE = "<!doctype html><html><title>Welcome \x1b[31m</title></html>"
NASTY = "\x1b]0;owned\x07\u202e‮ nothing\r\nto see"

BAD_SERVERS: dict[str, Callable[[Spy], Handler]] = {
    "hangs": hanging,
    "drips": dripping,
    "resets": resetting,
    "closes": sending(b""),
    "echoes": echoing,
    "401": answering(401, NASTY),
    "403": answering(403, NASTY),
    "404": answering(404, "404 page not found"),
    "429": answering(429),
    "500": answering(500, NASTY),
    "503": answering(503, NASTY),
    "redirects": lambda spy: always(Answer(302, b"", headers={"location": "http://192.0.2.1/"}), spy),
    "web page": lambda spy: always(Answer(200, PAGE.encode(), "text/html"), spy),
    "list": saying([1, 2, 3]),
    "text": saying(NASTY),
    "number": saying(7),
    "null": saying(None),
    "other object": saying({"versions": {}, "models": 7, "data": "x"}),
    "wrong types": saying({"version": [1], "models": [[7]], "data": [{"id": {}}], "status": None}),
    "empty body": body(b""),
    "truncated": sending(b"HTTP/1.1 200 OK\r\ncontent-length: 999\r\n\r\n{"),
    "half a line": sending(b"HTTP/1"),
    "not UTF-8": body(b'{"version": "\xff\xfe"}'),
    "deep": body(b"[" * 200_000),
    "deep object": body(b'{"version":' * 50_000),
    "huge number": body(b'{"version": ' + b"9" * 10_000 + b"}"),
    "endless body": lambda spy: flooding(HTTP_HEAD, spy),
    "endless line": lambda spy: flooding(b"", spy),
    "endless header": lambda spy: flooding(LONG_HEAD, spy),
    "SSH": sending(b"SSH-2.0-whatever\r\n"),
    "binary": sending(bytes(range(256))),
    "RESP bulk of a gigabyte": lambda spy: flooding(b"$1000000000\r\n", spy),
    "RESP negative bulk": sending(b"$-7\r\n"),
    "RESP no number": sending(b"$many\r\n"),
    "RESP nested deeply": sending(b"*1\r\n" * 100_000),
    "RESP error": sending(b"-ERR " + NASTY.encode() + b"\r\n"),
    "PostgreSQL no and then noise": sending(b"N" + b"R\x00\x00\x00\x08\x00\x00\x00\x63"),
}

LOGINS = {"a login": ("hydra", "a-long-secret"), "no login": (None, None)}

WAYS_IN = [(name, "a login") for name in catalogue.names()] + [
    (name, "no login") for name in catalogue.names() if catalogue.load(name).auth is Auth.PASSWORD
]


@pytest.fixture(autouse=True, scope="module")
def libraries() -> None:
    """Their import takes longer than a probe may."""
    import hydra_tui.transport.http_wire
    import hydra_tui.transport.postgresql
    import hydra_tui.transport.redis  # noqa: F401


@asynccontextmanager
async def bad_server(name: str, spy: Spy) -> AsyncIterator[int]:
    async with serving(BAD_SERVERS[name](spy)) as port:
        yield port


async def outcome(
    kind_name: str, port: int, login: str = "a login", timeout_s: float = TIMEOUT_S
) -> Findings | TargetError:
    """What a probe brings in the time that the engine grants it; a fault of ours goes through."""
    kind = catalogue.load(kind_name)
    user, key = LOGINS[login]
    adapter = kind.build(
        Site("it", f"{kind.scheme}://127.0.0.1:{port}", key=key, user=user, timeout_s=timeout_s)
    )
    try:
        async with asyncio.timeout(2 * timeout_s + 1):
            return await adapter.probe()
    except TargetError as error:
        return error
    finally:
        await adapter.close()


def words_of(found: Findings | TargetError) -> list[str]:
    """Everything in it that a screen may show."""
    if isinstance(found, TargetError):
        return [str(found)]
    values = [found.version, found.reason]
    for part in (*found.facts, *(found.models or ()), *(found.routes or ())):
        values += [value for value in vars_of(part) if isinstance(value, str)]
    return [value for value in values if value]


def vars_of(part: Any) -> list[Any]:
    return [getattr(part, field.name) for field in dataclasses.fields(part)]


@pytest.mark.parametrize("server", BAD_SERVERS)
@pytest.mark.parametrize(("kind", "login"), WAYS_IN)
async def test_a_bad_server_becomes_findings_or_a_reason_in_time(kind: str, login: str, server: str) -> None:
    spy = Spy()
    async with bad_server(server, spy) as port:
        found = await outcome(kind, port, login)
    words = words_of(found)
    assert words == [inert(word, 2000) for word in words]
    if isinstance(found, TargetError):
        assert str(found).strip()
        assert "a-long-secret" not in str(found)
    assert_harmless(kind, spy)


@pytest.mark.parametrize("kind", catalogue.names())
async def test_nobody_listening_is_a_refused_connection(kind: str) -> None:
    assert isinstance(await outcome(kind, closed_port()), ConnectionRefused)


@pytest.mark.parametrize("server", [name for name in BAD_SERVERS if "endless" in name or "gigabyte" in name])
@pytest.mark.parametrize("kind", catalogue.names())
async def test_an_endless_reply_costs_little_memory(kind: str, server: str) -> None:
    async with bad_server(server, Spy()) as port:
        tracemalloc.start()
        try:
            await outcome(kind, port)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert peak < MEMORY_BYTES


@pytest.mark.parametrize(
    ("server", "error"),
    [
        ("hangs", NoAnswer),
        ("drips", NoAnswer),
        ("resets", Unreachable),
        ("closes", Unreachable),
        ("401", Unauthorised),
        ("403", Unauthorised),
        ("404", NotFound),
        ("429", RateLimited),
        ("500", ServiceFailed),
        ("web page", MalformedReply),
        ("list", MalformedReply),
        ("null", MalformedReply),
        ("other object", MalformedReply),
        ("empty body", MalformedReply),
        ("truncated", Unreachable),
        ("not UTF-8", MalformedReply),
        ("deep", MalformedReply),
        ("endless body", ReplyTooLarge),
    ],
)
@pytest.mark.parametrize("kind", ["litellm", "ollama", "tabbyapi"])
async def test_a_bad_http_server_is_named_for_what_it_does(
    kind: str, server: str, error: type[TargetError]
) -> None:
    async with bad_server(server, Spy()) as port:
        timeout_s = TIMEOUT_S if error is NoAnswer else PATIENT_S
        assert isinstance(await outcome(kind, port, timeout_s=timeout_s), error)


@pytest.mark.parametrize(
    ("kind", "server", "error"),
    [
        ("redis", "hangs", NoAnswer),
        ("redis", "closes", Unreachable),
        ("redis", "web page", MalformedReply),
        ("redis", "endless line", MalformedReply),
        ("redis", "RESP bulk of a gigabyte", ReplyTooLarge),
        ("redis", "RESP nested deeply", MalformedReply),
        ("redis", "RESP error", ServiceFailed),
        ("postgresql", "hangs", NoAnswer),
        ("postgresql", "closes", Unreachable),
        ("postgresql", "web page", MalformedReply),
        ("postgresql", "echoes", MalformedReply),
        ("postgresql", "PostgreSQL no and then noise", MalformedReply),
        ("http", "hangs", NoAnswer),
        ("http", "401", Unauthorised),
        ("http", "500", ServiceFailed),
    ],
)
async def test_a_bad_server_of_another_protocol_is_named_for_what_it_does(
    kind: str, server: str, error: type[TargetError]
) -> None:
    async with bad_server(server, Spy()) as port:
        timeout_s = TIMEOUT_S if error is NoAnswer else PATIENT_S
        assert isinstance(await outcome(kind, port, timeout_s=timeout_s), error)


@pytest.mark.parametrize("server", BAD_SERVERS)
@pytest.mark.parametrize(
    "kind", [name for name in catalogue.names() if catalogue.load(name).recognise is not None]
)
async def test_a_bad_server_is_recognised_as_nothing(
    kind: str, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recognition, "RECOGNITION_S", TIMEOUT_S)
    recognise = catalogue.load(kind).recognise
    assert recognise is not None
    spy = Spy()
    async with bad_server(server, spy) as port:
        async with asyncio.timeout(3.0):
            answer = await recognise("127.0.0.1", port)
    assert answer is False
    assert_harmless(kind, spy)
