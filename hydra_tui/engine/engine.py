"""The engine: watches every target at its own pace and tells whoever asks what is known."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Self

from hydra_tui.core.cluster import Cluster
from hydra_tui.core.readings import Reading
from hydra_tui.engine.clock import Clock, SystemClock
from hydra_tui.engine.memory import Memory
from hydra_tui.engine.poller import Poller
from hydra_tui.engine.store import Store, Update
from hydra_tui.engine.target import Target

log = logging.getLogger(__name__)

Scout = Callable[[], Awaitable[Sequence[Target]]]
"""Finds targets that nobody configured; asked again and again, answers only with new ones."""

SCOUT_INTERVAL_S = 30.0

FILLING_S = 0.3
"""Between updates while first readings are still coming in: each redraw delays the others."""

SHORTEST_S = 0.05
"""Between any two updates, whatever happens."""


class Engine:
    """Watches from `async with` to its end. All of it runs in one event loop."""

    def __init__(
        self,
        store: Store,
        targets: Sequence[Target],
        *,
        scout: Scout | None = None,
        clock: Clock | None = None,
        memory: Memory | None = None,
    ) -> None:
        self._store = store
        self._clock = clock or SystemClock()
        self._memory = memory or Memory()
        self._pollers: dict[str, Poller] = {}
        self._unread: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._changed = asyncio.Event()
        self._news = asyncio.Event()
        self._scout = scout
        self._scouted = asyncio.Event()
        self._waiting = list(targets)

    async def __aenter__(self) -> Self:
        for target in self._waiting:
            self._watch(target)
        self._changed.set()
        if self._scout is None:
            self._scouted.set()
        else:
            self._start(self._keep_scouting(self._scout))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            # A task that is cancelled before its first step never gets to close its target.
            await asyncio.sleep(0)
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def _start(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)

    def _watch(self, target: Target) -> None:
        self._store.add(self._memory.recall(target.seed))
        poller = Poller(target, self._apply, self._clock)
        self._pollers[target.seed.name] = poller
        self._unread.add(target.seed.name)
        self._start(poller.run())

    async def _keep_scouting(self, scout: Scout) -> None:
        while True:
            try:
                for target in await scout():
                    self._watch(target)
            except Exception:  # a fault of the scout must not end the search, nor keep anyone waiting
                log.exception("looking for services")
            self._scouted.set()
            self._changed.set()
            await asyncio.sleep(SCOUT_INTERVAL_S)

    def _apply(self, reading: Reading) -> None:
        first = reading.name in self._unread
        self._unread.discard(reading.name)
        news = self._store.apply(reading)
        self._memory.record(reading, news)
        if news or (first and not self._unread):
            self._news.set()
        self._changed.set()

    def poke(self, name: str | None = None) -> None:
        """Look again now: at one target, or at all. What is known is told at once, and again soon."""
        self._news.set()
        for poller in [self._pollers[name]] if name else self._pollers.values():
            poller.poke()

    async def updates(self, at_most_every_s: float) -> AsyncIterator[Update]:
        """What is known, whenever it changed: the newest state wins, events accumulate.

        Numbers that move are told `at_most_every_s`; an event, or the last of the first readings, at once.
        """
        while True:
            await self._changed.wait()
            self._changed.clear()
            self._news.clear()
            update = self._store.take(self._clock.now())
            yield update
            await asyncio.sleep(SHORTEST_S)
            pause = at_most_every_s if update.cluster.complete else FILLING_S
            await self._quiet(pause - SHORTEST_S)

    async def _quiet(self, seconds: float) -> None:
        """Wait so long, or until there is news."""
        with suppress(TimeoutError):
            async with asyncio.timeout(max(0.0, seconds)):
                await self._news.wait()

    async def settled(self, enough: Callable[[Cluster], bool], timeout_s: float) -> Cluster:
        """The first cluster that is `enough`, or what is known when the time is up."""
        try:
            async with asyncio.timeout(timeout_s):
                await self._scouted.wait()
                async for update in self.updates(SHORTEST_S):
                    if enough(update.cluster):
                        break
        except TimeoutError:
            pass
        return self._store.cluster(self._clock.now())
