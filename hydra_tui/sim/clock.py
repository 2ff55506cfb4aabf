"""The world's own time: it runs with real time, faster, or stands still for a picture."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Protocol


class Clock(Protocol):
    """Seconds of the world, from its start."""

    def now(self) -> float:
        """What every value of the world is computed for."""
        ...

    def running(self) -> float:
        """Like `now`, but never frozen: for counters and for work that is going on."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Let so many seconds of the world pass."""
        ...


class RunningClock:
    """Time passes, `speed` times as fast as outside."""

    def __init__(self, speed: float = 1.0, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._speed = speed
        self._monotonic = monotonic
        self._start = monotonic()

    def now(self) -> float:
        """The same as `running`."""
        return self.running()

    def running(self) -> float:
        """Seconds since it was made, times the speed."""
        return (self._monotonic() - self._start) * self._speed

    async def sleep(self, seconds: float) -> None:
        """So many seconds of the world are fewer outside when it runs faster."""
        await asyncio.sleep(seconds / self._speed)


class FrozenClock(RunningClock):
    """Values stand still at `at`; sleeping and counting go on, so that nothing waits for ever."""

    def __init__(self, at: float, speed: float = 1.0) -> None:
        super().__init__(speed)
        self._at = at

    def now(self) -> float:
        """Always the same second."""
        return self._at


def make_clock(speed: float, frozen_at: float | None) -> Clock:
    """The clock of a run."""
    return RunningClock(speed) if frozen_at is None else FrozenClock(frozen_at, speed)
