"""A door in front of a server: what comes in goes through, until the door is frozen or shut."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

from hydra_tui.sim.port import Port

_CHUNK = 65_536

Behind = Callable[[socket.socket], Coroutine[Any, Any, None]]
"""Serves one connection over this socket."""


class Relay:
    """Takes connections on a port and hands each to whatever is behind, byte by byte."""

    def __init__(self, port: Port, behind: Behind) -> None:
        self._port = port
        self._behind = behind
        self._server: asyncio.Server | None = None
        self._connections: set[asyncio.Task[None]] = set()
        self._flowing = asyncio.Event()
        self._flowing.set()

    async def open(self) -> None:
        """Take connections, if it does not yet."""
        if self._server is None:
            self._server = await asyncio.start_server(self._accept, sock=self._port.listen())

    async def shut(self) -> None:
        """Refuse connections and drop those there are."""
        if self._server is not None:
            server, self._server = self._server, None
            server.close()
            self._port.rest()
            await self.drop()

    async def drop(self) -> None:
        """End all connections without a goodbye."""
        tasks = list(self._connections)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def freeze(self) -> None:
        """Not a byte goes through any more; connections stay, and new ones are taken."""
        self._flowing.clear()

    def thaw(self) -> None:
        """What was held back goes on its way."""
        self._flowing.set()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        if self._server is None:
            writer.transport.abort()
            return
        self._connections.add(task)
        try:
            with suppress(OSError, asyncio.CancelledError):
                await self._through(reader, writer)
        finally:
            self._connections.discard(task)
            writer.transport.abort()

    async def _through(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, until the server behind has ended it."""
        ours, theirs = socket.socketpair()
        with theirs:
            inner_reader, inner_writer = await asyncio.open_connection(sock=ours)
            inward = asyncio.create_task(self._pump(reader, inner_writer))
            served = asyncio.create_task(self._behind(theirs))
            try:
                await self._pump(inner_reader, writer)
            finally:
                inward.cancel()
                served.cancel()
                inner_writer.transport.abort()
                await asyncio.gather(inward, served, return_exceptions=True)

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(_CHUNK):
                await self._flowing.wait()
                writer.write(data)
                await writer.drain()
            writer.write_eof()
