"""A node of which somebody else tells, as a target."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import pytest

from hydra_tui.core.cluster import Node
from hydra_tui.core.errors import NothingKnown
from hydra_tui.core.host import HostSample
from hydra_tui.core.state import State
from hydra_tui.engine.poller import Poller
from hydra_tui.engine.target import Pace
from hydra_tui.engine.told import ToldNode
from tests.engine.targets import SAMPLE, Ear, node
from tests.engine.virtual_time import VirtualTime


@dataclass
class Teller:
    """Tells these one after the other, and the last one ever after."""

    tales: list[HostSample | NothingKnown]
    closed: int = 0

    async def next(self) -> HostSample:
        tale = self.tales.pop(0) if len(self.tales) > 1 else self.tales[0]
        if isinstance(tale, NothingKnown):
            raise tale
        return tale

    async def close(self) -> None:
        self.closed += 1


async def test_a_sample_is_taken_as_it_is_told() -> None:
    target = ToldNode(node("hydra-ai"), Teller([SAMPLE]), 20.0)
    assert await target.look() is SAMPLE


@pytest.mark.parametrize(("interval_s", "longest_s"), [(15.0, 30.0), (300.0, 300.0)])
def test_it_waits_for_its_turn_and_for_the_answer(interval_s: float, longest_s: float) -> None:
    seed = Node("hydra-ai", interval_s)
    assert ToldNode(seed, Teller([SAMPLE]), 20.0).pace == Pace(0.0, interval_s + 20.0, longest_s)


async def test_of_whom_nothing_is_told_is_unknown_and_not_down(time: VirtualTime) -> None:
    ear = Ear()
    target = ToldNode(node("hydra-ai"), Teller([NothingKnown("the metrics server tells nothing")]), 20.0)
    polling = asyncio.create_task(Poller(target, ear, time).run())
    (heard,) = await ear.first(1)
    polling.cancel()
    assert (heard.state, heard.reason) == (State.UNKNOWN, "the metrics server tells nothing")


async def test_closing_it_closes_its_source() -> None:
    teller = Teller([SAMPLE])
    await ToldNode(node("hydra-ai"), teller, 20.0).close()
    assert teller.closed == 1
