"""What the HTTP client sends, what it keeps, and what it makes of replies that did come."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import unicodedata
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hydra_tui import __version__
from hydra_tui.core.errors import (
    MalformedReply,
    NotFound,
    NotReady,
    RateLimited,
    ServiceFailed,
    TargetError,
    Unauthorised,
)
from hydra_tui.transport.http import HttpClient, Reply, check
from tests.loopback import closed_port, request_head, serving
from tests.transport.faults import http_reply, saying

KEY = "sk-not-a-real-key"


class Recorder:
    """A server that keeps the requests it got and answers each with the same reply."""

    def __init__(self, reply: bytes = http_reply(b"{}")) -> None:
        self.reply = reply
        self.requests: list[str] = []

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.requests.append(await request_head(reader))
        writer.write(self.reply)
        await writer.drain()

    def header(self, name: str, of: int = -1) -> str | None:
        """The value of a header in one of the requests."""
        lines = self.requests[of].split("\r\n")
        found = [line for line in lines if line.lower().startswith(name.lower() + ":")]
        return found[0].partition(":")[2].strip() if found else None


@asynccontextmanager
async def client_to(recorder: Any, **options: Any) -> AsyncIterator[HttpClient]:
    async with serving(recorder) as port:
        client = HttpClient(f"http://127.0.0.1:{port}", **{"timeout_s": 20.0, **options})
        try:
            yield client
        finally:
            await client.close()


def reply(status: int = 200, body: bytes = b"", kind: str = "application/json", **headers: str) -> Reply:
    return Reply(status, {"content-type": kind, **headers}, body, 0.1)


async def test_a_reply_carries_status_headers_body_and_time() -> None:
    server = Recorder(http_reply(b'{"a": 1}', status=418, more="X-Twice: 1\r\nX-Twice: 2\r\n"))
    async with client_to(server) as client:
        got = await client.get("/teapot")
    assert (got.status, got.content_type, got.json()) == (418, "application/json", {"a": 1})
    assert got.headers["x-twice"] == "1, 2"
    assert got.elapsed_s > 0


async def test_a_request_names_us_and_nothing_that_a_browser_would_add() -> None:
    server = Recorder()
    async with client_to(server, headers={"Authorization": f"Bearer {KEY}"}) as client:
        await client.get("/api/tags", {"q": "a b"})
    assert server.requests[0].startswith("GET /api/tags?q=a")
    assert server.header("User-Agent") == f"hydra-tui/{__version__}"
    assert server.header("Authorization") == f"Bearer {KEY}"
    assert server.header("Accept-Encoding") == "identity"
    assert server.header("Origin") is None
    assert server.header("Cookie") is None


async def test_a_base_url_with_a_path_keeps_it() -> None:
    server = Recorder()
    async with serving(server) as port:
        client = HttpClient(f"http://127.0.0.1:{port}/prefix", timeout_s=20.0)
        await client.get("/api/tags")
        await client.close()
    assert server.requests[0].startswith("GET /prefix/api/tags ")


async def test_post_json_sends_json_and_decodes_json() -> None:
    bodies = []

    async def server(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_head(reader)
        bodies.append(json.loads(await reader.readexactly(len(b'{"model":"m"}'))))
        writer.write(http_reply(b'{"details": {}}'))

    async with client_to(server) as client:
        assert await client.post_json("/api/show", {"model": "m"}) == {"details": {}}
    assert bodies == [{"model": "m"}]


async def test_cookies_are_not_kept() -> None:
    server = Recorder(http_reply(b"{}", more="Set-Cookie: session=1; Path=/\r\n"))
    async with client_to(server) as client:
        await client.get("/")
        await client.get("/")
    assert server.header("Cookie", of=1) is None


async def test_redirects_are_not_followed() -> None:
    elsewhere = Recorder()
    async with serving(elsewhere) as port:
        more = f"Location: http://127.0.0.1:{port}/login?token=abc\r\n"
        async with client_to(Recorder(http_reply(status=302, more=more))) as client:
            assert (await client.get("/")).status == 302
            with pytest.raises(MalformedReply) as caught:
                await client.get_json("/")
    assert elsewhere.requests == []
    assert f"HTTP 302 from /: it redirects to http://127.0.0.1:{port}/login" in str(caught.value)
    assert "abc" not in str(caught.value)


async def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{closed_port()}")
    async with client_to(Recorder()) as client:
        assert await client.get_json("/") == {}


async def test_first_requests_at_once_share_one_client_and_a_closed_one_reopens() -> None:
    server = Recorder()
    async with client_to(server) as client:
        await asyncio.gather(*(client.get("/") for _ in range(5)))
        await client.close()
        await client.get("/")
    assert len(server.requests) == 6


async def test_closing_a_client_that_never_asked_is_nothing() -> None:
    await HttpClient("http://127.0.0.1:1").close()


@pytest.mark.parametrize("header", [f"Bearer {KEY}\n", f"Bearer {KEY}é", f"Bearer {KEY}\x00"])
async def test_a_key_that_http_cannot_carry_is_not_shown(header: str) -> None:
    async with client_to(Recorder(), headers={"Authorization": header}) as client:
        with pytest.raises(TargetError, match="not valid HTTP") as caught:
            await client.get("/")
    assert KEY not in "".join(map(repr, (caught.value, caught.value.__cause__)))


async def test_a_server_that_echoes_our_key_does_not_bring_it_on_a_screen() -> None:
    body = json.dumps({"error": {"message": f"key {KEY} is unknown"}}).encode()
    server = Recorder(http_reply(body, status=401))
    async with client_to(server, headers={"Authorization": f"Bearer {KEY}"}) as client:
        with pytest.raises(Unauthorised) as caught:
            await client.get_json("/v1/models")
        assert KEY not in repr(await client.get("/"))
    assert str(caught.value) == "HTTP 401 from /v1/models: key *** is unknown"


async def test_a_password_in_the_url_is_not_shown() -> None:
    client = HttpClient(f"http://user:{KEY}@127.0.0.1:{closed_port()}")
    with pytest.raises(TargetError) as caught:
        await client.get("/")
    await client.close()
    assert KEY not in str(caught.value)
    with pytest.raises(TargetError) as caught:
        await HttpClient(f"ftp://user:{KEY}@127.0.0.1").get("/")
    assert KEY not in str(caught.value)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (401, Unauthorised),
        (403, Unauthorised),
        (404, NotFound),
        (429, RateLimited),
        (503, NotReady),
        (500, ServiceFailed),
        (502, ServiceFailed),
        (504, ServiceFailed),
        (400, MalformedReply),
        (405, MalformedReply),
        (302, MalformedReply),
        (199, MalformedReply),
    ],
)
def test_a_status_has_its_error(status: int, kind: type[TargetError]) -> None:
    with pytest.raises(TargetError, match=f"^HTTP {status} from /x") as caught:
        check(reply(status), "/x")
    assert type(caught.value) is kind


@pytest.mark.parametrize("status", [200, 201, 204, 299])
def test_a_good_status_passes(status: int) -> None:
    good = reply(status)
    assert check(good, "/x") is good


@pytest.mark.parametrize(
    ("body", "kind", "said"),
    [
        (b'{"error": "model not found"}', "application/json", ": model not found"),
        (b'{"error": {"message": "out of memory", "code": 1}}', "application/json", ": out of memory"),
        (b'{"detail": "Not Found"}', "application/json", ": Not Found"),
        (b'{"detail": [{"loc": ["q"], "msg": "field required"}]}', "application/json", ": field required"),
        (b'{"message": "x\\u001b[31m"}', "application/json", r": x\x1b[31m"),
        (b'{"code": 7}', "application/json", ""),
        (b'{"error": [[[[[["deep"]]]]]]}', "application/json", ""),
        (b"[" * 100_000, "application/json", ": " + "[" * 199 + "…"),
        (b"plain words\nand more", "text/plain", ": plain words and more"),
        (b"\xff", "text/plain", ": �"),
        (b"<html><title>502 Bad Gateway</title>", "text/html", ": 502 Bad Gateway"),
        (b"<html><p>hello", "text/html", ": a web page"),
        (b"", "text/plain", ""),
    ],
    ids=range(13),
)
def test_the_servers_own_words_are_in_the_message(body: bytes, kind: str, said: str) -> None:
    with pytest.raises(ServiceFailed) as caught:
        check(reply(500, body, kind), "/x")
    assert str(caught.value) == f"HTTP 500 from /x{said}"


@given(st.binary(max_size=300), st.sampled_from([200, 301, 404, 500]), st.text(max_size=30))
def test_no_body_escapes_the_tree_of_errors(body: bytes, status: int, kind: str) -> None:
    got = reply(status, body, kind)
    with suppress(TargetError):
        check(got, "/x").json()


@given(st.binary(max_size=300), st.text(max_size=30))
def test_whatever_a_server_says_is_one_short_line_without_controls(body: bytes, kind: str) -> None:
    with pytest.raises(ServiceFailed) as caught:
        check(reply(500, body, kind), "/x")
    assert not [char for char in str(caught.value) if unicodedata.category(char).startswith("C")]
    assert len(str(caught.value)) < 300


def test_constructing_a_client_does_not_import_httpx() -> None:
    code = (
        "import sys; from hydra_tui.transport.http import HttpClient; HttpClient('http://x');"
        "sys.exit('httpx' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


async def test_an_idle_connection_that_the_server_dropped_is_not_used_again() -> None:
    keep = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
    async with client_to(saying(keep)) as client:
        for _ in range(3):
            assert await client.get_json("/") == {}
