"""Engines for tests of the face: they tell what they are told to tell."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from hydra_tui.core.cluster import Cluster
from hydra_tui.core.events import Event
from hydra_tui.engine.store import Update


class ToldEngine:
    """Tells the clusters that a test hands to `tell`, in any thread."""

    def __init__(self, *clusters: Cluster) -> None:
        self._waiting = [Update(cluster, ()) for cluster in clusters]
        self._loop: asyncio.AbstractEventLoop | None = None
        self._wake = asyncio.Event()
        self.poked = 0
        self.closed = False

    @asynccontextmanager
    async def open(self) -> AsyncIterator[ToldEngine]:
        """As the bridge opens an engine."""
        self._loop = asyncio.get_running_loop()
        try:
            yield self
        finally:
            self.closed = True

    async def updates(self, at_most_every_s: float) -> AsyncIterator[Update]:
        while True:
            while self._waiting:
                yield self._waiting.pop(0)
            self._wake.clear()
            await self._wake.wait()

    def tell(self, cluster: Cluster, *news: Event) -> None:
        """The engine knows this now."""
        self._waiting.append(Update(cluster, news))
        assert self._loop is not None
        self._loop.call_soon_threadsafe(self._wake.set)

    def poke(self) -> None:
        self.poked += 1
