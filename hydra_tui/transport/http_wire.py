"""One httpx client: how a request is sent and its reply is read, within limits.

Importing httpx costs some 0.4 s, so only `http` imports this, on the first request.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable, Mapping
from functools import cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import MappingProxyType
from typing import Any

import httpx

from hydra_tui import __version__
from hydra_tui.core.errors import MalformedReply, ReplyTooLarge, TargetError
from hydra_tui.core.text import inert
from hydra_tui.transport.http_errors import http_errors_of
from hydra_tui.transport.http_reply import Reply
from hydra_tui.transport.place import place_of
from hydra_tui.transport.time_limit import time_limit

KEEP_IDLE_S = 2.0
"""Servers hang up idle connections after 5 s (uvicorn, Node): a later probe must not meet that moment."""

CONNECTIONS = 8

DEFAULT_PORTS = {"http": 80, "https": 443}

SHORTEST_SECRET = 6
"""Shorter header values are words, not keys."""


class Wire:
    """The open connections to one service."""

    def __init__(self, base_url: str, headers: Mapping[str, str], verify_tls: bool) -> None:
        url = _checked(base_url)
        self._secrets = _secrets([*headers.values(), url.password])
        self._place = place_of(url.host, url.port or DEFAULT_PORTS[url.scheme])
        with http_errors_of(self._place):
            self._client = httpx.AsyncClient(
                base_url=url,
                # Compressed bodies could unpack past any limit.
                headers={"User-Agent": f"hydra-tui/{__version__}", "Accept-Encoding": "identity", **headers},
                verify=_tls(url.scheme == "https", verify_tls),
                cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
                timeout=None,  # noqa: S113 - every request stands under one limit for the whole of it
                limits=httpx.Limits(max_connections=CONNECTIONS, keepalive_expiry=KEEP_IDLE_S),
                follow_redirects=False,
                trust_env=False,
            )

    async def send(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, Any] | None = None,
        payload: Any = None,
        timeout_s: float,
        max_body_bytes: int,
    ) -> Reply:
        """The reply, whatever its status. Raises `TargetError` when none came whole and in time."""
        started = time.perf_counter()
        with http_errors_of(self._place):
            async with (
                time_limit(timeout_s, f"{self._place} gave no complete answer within {timeout_s:g} s"),
                self._client.stream(method, path, params=params, json=payload) as response,
            ):
                body = await _read(response, max_body_bytes, self._place)
        return Reply(
            status=response.status_code,
            headers=MappingProxyType(dict(response.headers)),
            body=body,
            elapsed_s=time.perf_counter() - started,
            secrets=self._secrets,
        )

    async def close(self) -> None:
        """Lets go of the connections."""
        await self._client.aclose()


async def _read(response: httpx.Response, limit: int, place: str) -> bytes:
    if response.headers.get("content-encoding", "identity") != "identity":
        raise MalformedReply(f"{place} compresses its answers though asked not to")
    too_large = ReplyTooLarge(f"{place} answers with more than {limit} bytes")
    if int(response.headers.get("content-length", "0")) > limit:
        raise too_large
    body = bytearray()
    async for chunk in response.aiter_raw():
        body += chunk
        if len(body) > limit:
            raise too_large
    return bytes(body)


def _checked(base_url: str) -> httpx.URL:
    try:
        url = httpx.URL(base_url)
        if url.scheme in DEFAULT_PORTS and url.host and (url.port or 0) < 65536:
            return url
    except httpx.InvalidURL:
        pass
    # What precedes an @ may be a password.
    raise TargetError(f"{inert(base_url.rpartition('@')[2])} is not a URL of the form http://HOST:PORT")


def _secrets(values: Iterable[str]) -> tuple[str, ...]:
    """Header values, and the key after a scheme such as `Bearer`; the whole before its part."""
    pairs = ((value, value.rpartition(" ")[2]) for value in values)
    return tuple(secret for pair in pairs for secret in pair if len(secret) >= SHORTEST_SECRET)


def _tls(spoken: bool, verified: bool) -> ssl.SSLContext:
    if spoken and verified:
        return _system_trust()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # trusts nobody, and costs nothing
    if spoken:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


@cache
def _system_trust() -> ssl.SSLContext:
    """The system's store, where an operator installs the authority of a private network."""
    return ssl.create_default_context()
