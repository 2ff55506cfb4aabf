"""The only way between the face and the engine, which lives in a thread and an event loop of its own."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, suppress
from typing import Protocol

from hydra_tui.engine.store import Update


class Watching(Protocol):
    """What the face needs of an engine."""

    def updates(self, at_most_every_s: float) -> AsyncIterator[Update]: ...

    def poke(self) -> None: ...


Opener = Callable[[], AbstractAsyncContextManager[Watching]]
"""Opens an engine that watches; called in the engine's own thread, where slow imports hurt nobody."""

UPDATE_EVERY_S = 2.0
"""Of numbers that move: nodes are sampled no faster, a poor link writes no faster. Events come at once."""

FAREWELL_S = 3.0


class Bridge:
    """Runs an engine beside the face and hands over what it learns."""

    def __init__(
        self, opener: Opener, deliver: Callable[[Update], None], fail: Callable[[Exception], None]
    ) -> None:
        """`deliver` and `fail` are called in the engine's thread."""
        self._opener = opener
        self._deliver = deliver
        self._fail = fail
        self._thread = threading.Thread(target=self._run, name="engine", daemon=True)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None
        self._engine: Watching | None = None
        self._stopped = False

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def stop(self) -> None:
        """Begin to end the watch, or never begin it."""
        self._stopped = True
        if self._task is not None:
            self._in_engine(self._task.cancel)

    def wait(self) -> None:
        """Until the connections are closed, but not for ever."""
        if self._thread.is_alive():
            self._thread.join(FAREWELL_S)

    def poke(self) -> None:
        """Ask the engine to look at everything now."""
        if self._engine is not None:
            self._in_engine(self._engine.poke)

    def _in_engine(self, call: Callable[[], object]) -> None:
        # The loop may close at any moment: the engine's thread may have failed just now.
        if self._loop is not None:
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(call)

    def _run(self) -> None:
        try:
            asyncio.run(self._watch())
        except asyncio.CancelledError:
            pass
        except Exception as error:  # whatever ended the watch, the operator is told, once the screen is gone
            self._fail(error)

    async def _watch(self) -> None:
        self._loop, self._task = asyncio.get_running_loop(), asyncio.current_task()
        if self._stopped:
            return
        async with self._opener() as engine:
            self._engine = engine
            async for update in engine.updates(UPDATE_EVERY_S):
                self._deliver(update)
