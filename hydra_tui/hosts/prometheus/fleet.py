"""The nodes of one metrics server: they look together, once per interval."""

from __future__ import annotations

import asyncio
from typing import Protocol

from hydra_tui.core.host import HostSample


class Samples(Protocol):
    """What one look told of all nodes."""

    def sample(self, wanted: str) -> HostSample:
        """One of them. Raises `TargetError` when nothing was told of it."""
        ...


Look = tuple[int, Samples]
"""Its number, counted from 1, and what it told."""


class Server(Protocol):
    """Whoever can be looked at for all nodes at once: `MetricsServer`, or a test."""

    async def look(self) -> Samples:
        """What it knows now. Raises `TargetError`."""
        ...

    async def close(self) -> None: ...


class Fleet:
    """Shares each look among all who wait for it. Nobody waits: nobody looks."""

    def __init__(self, server: Server, interval_s: float) -> None:
        self._server = server
        self._interval_s = interval_s
        self._due = 0.0
        self._looks = 0
        self._newest: Samples | None = None
        self._looking: asyncio.Task[Look] | None = None

    def node(self, label: str) -> FleetNode:
        """The node that the server's label names so."""
        return FleetNode(self, label)

    async def after(self, look: int) -> Look:
        """The newest look that is later than number `look`, once it is due, and its own number.

        Raises what the look raised.
        """
        if self._newest is None or self._looks <= look:
            return await self._next_look()
        return self._looks, self._newest

    async def close(self) -> None:
        """Stop looking; asking again would look again."""
        if self._looking is not None:
            self._looking.cancel()
            await asyncio.gather(self._looking, return_exceptions=True)
        await self._server.close()

    async def _next_look(self) -> Look:
        if self._looking is None:
            self._looking = asyncio.create_task(self._look())
            self._looking.add_done_callback(self._looked)
        # One node that gives up waiting must not end the wait of the others.
        return await asyncio.shield(self._looking)

    async def _look(self) -> Look:
        loop = asyncio.get_running_loop()
        await asyncio.sleep(self._due - loop.time())
        self._due = loop.time() + self._interval_s
        # What a failed look leaves behind must not pass for the newest.
        self._newest = None
        self._newest = told = await self._server.look()
        self._looks += 1
        return self._looks, told

    def _looked(self, task: asyncio.Task[Look]) -> None:
        self._looking = None
        if not task.cancelled():
            task.exception()  # heard, even when everyone who waited has given up


class FleetNode:
    """One node of a fleet: a `SampleSource`."""

    def __init__(self, fleet: Fleet, label: str) -> None:
        self._fleet = fleet
        self._label = label
        self._seen = 0

    async def next(self) -> HostSample:
        """The next sample, when the fleet's next look is due; the first one at once."""
        self._seen, told = await self._fleet.after(self._seen)
        return told.sample(self._label)

    async def close(self) -> None:
        """The nodes of a fleet end together."""
        await self._fleet.close()
