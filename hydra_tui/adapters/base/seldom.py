"""Answers that change rarely and need not be asked for with every look."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

T = TypeVar("T")

SELDOM_S = 9.0
"""How old such an answer may get: at the usual interval of 5 s, every other look asks again."""


class Seldom(Generic[T]):
    """Keeps one answer for a while. A failure is not kept: it is told, and asked again with the next look."""

    def __init__(self, ask: Callable[[], Awaitable[T]], seconds: float = SELDOM_S) -> None:
        self._ask = ask
        self._seconds = seconds
        self._kept: tuple[float, T] | None = None

    async def answer(self) -> T:
        """The kept answer, or a new one when that is too old."""
        if self._kept is not None and time.monotonic() - self._kept[0] < self._seconds:
            return self._kept[1]
        self._kept = None
        fresh = await self._ask()
        self._kept = (time.monotonic(), fresh)
        return fresh

    def forget(self) -> None:
        """Ask anew next time: something else says that it no longer holds."""
        self._kept = None
