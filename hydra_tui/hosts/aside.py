"""Blocking calls, one at a time, in a thread that nobody has to wait for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import Any, TypeVar

T = TypeVar("T")


class Aside:
    """Runs calls aside of the event loop; never two at once.

    Their thread is a daemon: a dead mount or driver must hold neither the looks nor the exit.
    """

    def __init__(self, limit_s: float) -> None:
        self._limit_s = limit_s
        self._running: Future[Any] | None = None

    async def run(self, work: Callable[[], T]) -> T:
        """What the call returns, or raises.

        Raises `TimeoutError` when it takes longer than the limit, and at once while such a late
        one still runs.
        """
        if self._running and not self._running.done():
            raise TimeoutError
        outcome: Future[T] = Future()
        self._running = outcome
        Thread(target=_fulfil, args=(outcome, work), name="hydra-aside", daemon=True).start()
        async with asyncio.timeout(self._limit_s):
            return await asyncio.wrap_future(outcome)


def _fulfil(outcome: Future[T], work: Callable[[], T]) -> None:
    outcome.set_running_or_notify_cancel()
    try:
        outcome.set_result(work())
    except Exception as error:
        outcome.set_exception(error)
