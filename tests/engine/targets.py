"""Targets made by hand, and an ear for what is published of them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from hydra_tui.core.cluster import Node, Service
from hydra_tui.core.host import HostSample
from hydra_tui.core.readings import Findings, Found, Reading
from hydra_tui.engine.target import Pace

PACE = Pace(interval_s=5.0, timeout_s=3.0, longest_pause_s=30.0)

GOOD = Findings("1.0")
SAMPLE = HostSample(1.0, cpu_percent=12.0)


class Hang:
    """An answer that never comes."""


HANG = Hang()
Answer = Found | BaseException | Hang


def service(name: str) -> Service:
    return Service(name, "http", interval_s=PACE.interval_s)


def node(name: str) -> Node:
    return Node(name, interval_s=2.0)


@dataclass
class HandMade:
    """Gives its answers one after the other, and the last one ever after."""

    seed: Node | Service
    answers: list[Answer]
    pace: Pace = PACE
    takes_s: float = 0.0
    """How long an answer takes."""
    looked_at: list[float] = field(default_factory=list)
    """When it was looked at, by the loop's time."""
    closed: int = 0

    async def look(self) -> Found:
        self.looked_at.append(asyncio.get_running_loop().time())
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        await asyncio.sleep(self.takes_s)
        if isinstance(answer, Hang):
            await asyncio.Event().wait()
            raise AssertionError("nobody sets it")
        if isinstance(answer, BaseException):
            raise answer
        return answer

    async def close(self) -> None:
        self.closed += 1


def made(name: str, *answers: Answer) -> HandMade:
    """A service that answers so."""
    return HandMade(service(name), list(answers))


class Ear:
    """Hears readings, and knows when it has heard enough of them."""

    def __init__(self) -> None:
        self.heard: list[Reading] = []
        self._came = asyncio.Event()

    def __call__(self, reading: Reading) -> None:
        self.heard.append(reading)
        self._came.set()

    async def first(self, count: int) -> list[Reading]:
        """The first so many readings, once they have come."""
        while len(self.heard) < count:
            self._came.clear()
            await self._came.wait()
        return self.heard[:count]
