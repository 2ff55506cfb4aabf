"""HTTP as adapters use it: a reply or an error of ours, within a time and a size."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from hydra_tui.core.errors import MalformedReply
from hydra_tui.transport.http_reply import Reply
from hydra_tui.transport.http_status import check

if TYPE_CHECKING:
    from hydra_tui.transport.http_wire import Wire

__all__ = ["HttpClient", "Reply", "check"]

TIMEOUT_S = 5.0
BODY_LIMIT_BYTES = 4 * 2**20


class HttpClient:
    """The client of one service. Making one costs nothing; the first request imports and connects.

    Redirects are not followed, cookies not kept, proxies of the environment not used.
    """

    def __init__(
        self,
        base_url: str,
        *,
        headers: Mapping[str, str] | None = None,
        timeout_s: float = TIMEOUT_S,
        verify_tls: bool = True,
        max_body_bytes: int = BODY_LIMIT_BYTES,
    ) -> None:
        self._base_url = base_url
        self._headers = dict(headers or {})
        self._timeout_s = timeout_s
        self._verify_tls = verify_tls
        self._max_body_bytes = max_body_bytes
        self._wire: Wire | None = None

    async def get(self, path: str, params: Mapping[str, Any] | None = None) -> Reply:
        """The reply to a GET, whatever its status. Raises `TargetError` when none came whole and in time."""
        return await self._send("GET", path, params=params)

    async def get_json(self, path: str, params: Mapping[str, Any] | None = None) -> Any:
        """The decoded body of a 2xx reply; anything else raises the `TargetError` it stands for."""
        return _json(await self.get(path, params), path)

    async def post_json(self, path: str, payload: Any) -> Any:
        """Like `get_json`, for questions that are asked by POST with a JSON body."""
        return _json(await self._send("POST", path, payload=payload), path)

    async def close(self) -> None:
        """Lets go of the connections; a later request opens new ones."""
        wire, self._wire = self._wire, None
        if wire is not None:
            await wire.close()

    async def _send(self, method: str, path: str, **content: Any) -> Reply:
        wire = await self._opened()
        return await wire.send(
            method, path, timeout_s=self._timeout_s, max_body_bytes=self._max_body_bytes, **content
        )

    async def _opened(self) -> Wire:
        if self._wire is None:
            make = await asyncio.to_thread(_load_wire)
            # Another request may have opened it meanwhile.
            self._wire = self._wire or make(self._base_url, self._headers, self._verify_tls)
        return self._wire


def _load_wire() -> type[Wire]:
    """In a thread, so that the screen stays alive through the slow import of httpx."""
    from hydra_tui.transport.http_wire import Wire

    return Wire


def _json(reply: Reply, path: str) -> Any:
    check(reply, path)
    try:
        return reply.json()
    except MalformedReply as error:
        raise MalformedReply(f"{path} {error}") from error
