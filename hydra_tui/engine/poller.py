"""One supervised loop per target: it looks, publishes, waits, and never exits by itself."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable

from hydra_tui.core.backoff import jittered, pause_s
from hydra_tui.core.errors import TargetError
from hydra_tui.core.health import verdict
from hydra_tui.core.host import HostSample
from hydra_tui.core.readings import Found, Reading
from hydra_tui.core.state import State, state_of
from hydra_tui.core.text import inert
from hydra_tui.engine.clock import Clock
from hydra_tui.engine.target import Target

log = logging.getLogger(__name__)


class Poller:
    """Looks at one target for as long as the engine lives."""

    def __init__(self, target: Target, publish: Callable[[Reading], None], clock: Clock) -> None:
        self._target = target
        self._publish = publish
        self._clock = clock
        self._poked = asyncio.Event()
        self._failures = 0

    def poke(self) -> None:
        """Look again now instead of at the end of the pause."""
        self._poked.set()

    async def run(self) -> None:
        """Look until cancelled, then close the target."""
        try:
            while True:
                began = self._clock.monotonic()
                self._tell(await self._look())
                await self._pause(self._clock.monotonic() - began)
        finally:
            await self._target.close()

    async def _look(self) -> Reading:
        began = self._clock.monotonic()
        try:
            async with asyncio.timeout(self._target.pace.timeout_s):
                found = await self._target.look()
            return self._good(found, self._clock.monotonic() - began)
        except TargetError as error:
            return self._failed(state_of(error), str(error))
        except TimeoutError:
            return self._failed(State.DOWN, f"no answer within {self._target.pace.timeout_s:.0f} s")
        except asyncio.CancelledError:
            if _ends():
                raise
            return self._failed(State.DOWN, "the look was given up by the connection under it")
        except Exception as error:  # a fault of ours must not end the watch: it becomes the reading
            log.exception("looking at %s", self._target.seed.name)
            return self._failed(State.DOWN, f"hydra-tui could not read it: {type(error).__name__}: {error}")

    def _failed(self, state: State, reason: str) -> Reading:
        self._failures += 1
        now = self._clock.now()
        due = now + jittered(self._wait_s(), 1.0) + self._target.pace.timeout_s
        return Reading(self._target.seed.name, now, state, inert(reason), due=due)

    def _good(self, found: Found, latency_s: float) -> Reading:
        if isinstance(found, HostSample):
            state, reason = verdict(found)
        else:
            state, reason = found.state, found.reason
            latency_s = latency_s if found.latency_s is None else found.latency_s
        reading = Reading(self._target.seed.name, self._clock.now(), state, inert(reason), latency_s, found)
        self._failures = 0
        return reading

    def _tell(self, reading: Reading) -> None:
        try:
            self._publish(reading)
        except Exception:  # a fault of whoever takes it in must not end the watch either
            log.exception("taking in a reading of %s", reading.name)

    def _wait_s(self) -> float:
        pace = self._target.pace
        return pause_s(self._failures, pace.interval_s, pace.longest_pause_s)

    async def _pause(self, spent_s: float) -> None:
        wait = self._wait_s()
        # A failed look has already spent its time-out: only a good one is paced from its start.
        rest = max(0.0, wait - spent_s) if self._failures == 0 else wait
        try:
            async with asyncio.timeout(jittered(rest, random.random())):  # noqa: S311 - dice, not keys
                await self._poked.wait()
        except TimeoutError:
            pass
        self._poked.clear()


def _ends() -> bool:
    """Whether this task itself is cancelled, and not only something that it waited for."""
    task = asyncio.current_task()
    return task is None or task.cancelling() > 0
