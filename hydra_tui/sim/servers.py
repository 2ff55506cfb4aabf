"""An HTTP server on one port that can vanish and come back: uvicorn's protocol, our own door."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from hydra_tui.sim.port import HOST, Port

_KEEP_ALIVE_S = 75


class HttpServer:
    """Serves an application on a port of its own.

    uvicorn's own `Server` is left out: it wakes ten times a second and ends by waiting for clients.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.port = Port()
        self._app = app
        self._config = uvicorn.Config(
            self._until_cancelled,
            interface="asgi3",
            http="h11",
            ws="none",
            lifespan="off",
            proxy_headers=False,
            access_log=False,
            log_level="warning",
            log_config=None,
            timeout_keep_alive=_KEEP_ALIVE_S,
        )
        self._state = ServerState()
        self._server: asyncio.Server | None = None

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://{HOST}:{self.port.number}"

    async def start(self) -> None:
        """Listen, if it does not yet."""
        if self._server is None:
            loop = asyncio.get_running_loop()
            self._server = await loop.create_server(self._protocol, sock=self.port.listen())

    async def stop(self) -> None:
        """Vanish: refuse connections, drop those there are. The port stays ours."""
        if self._server is not None:
            server, self._server = self._server, None
            server.close()
            self.port.rest()
            await self.drop_connections()

    async def drop_connections(self) -> None:
        """End every connection in the middle of whatever it does."""
        tasks = list(self._state.tasks)
        for connection in list(self._state.connections):
            connection.transport.abort()
        await asyncio.sleep(0)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def close(self) -> None:
        """Stop and give the port back."""
        await self.stop()
        self.port.close()

    async def _until_cancelled(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A request whose connection we dropped ends without a word in the log."""
        with suppress(asyncio.CancelledError):
            await self._app(scope, receive, send)

    def _protocol(self) -> asyncio.Protocol:
        return H11Protocol(self._config, self._state, {})
