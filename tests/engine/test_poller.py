"""One loop per target: whatever the target does becomes a reading, and the loop goes on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import pairwise

import pytest

from hydra_tui.core.errors import ConnectionRefused, NotReady, TargetError, Unauthorised
from hydra_tui.core.host import Disk, HostSample
from hydra_tui.core.readings import Findings, Reading
from hydra_tui.core.state import State
from hydra_tui.engine.poller import Poller
from hydra_tui.engine.target import Pace
from tests.engine.targets import GOOD, HANG, SAMPLE, Answer, Ear, HandMade, made, node
from tests.engine.virtual_time import EPOCH, VirtualTime

REFUSED = ConnectionRefused("192.0.2.20:11434 refused the connection")


@asynccontextmanager
async def running(poller: Poller) -> AsyncIterator[asyncio.Task[None]]:
    """The poller at work, until the block ends."""
    task = asyncio.create_task(poller.run())
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.wait([task])


async def heard(target: HandMade, count: int, time: VirtualTime) -> list[Reading]:
    """The first readings of the target."""
    ear = Ear()
    async with running(Poller(target, ear, time)):
        return await ear.first(count)


async def test_a_good_look_is_published_with_its_latency(time: VirtualTime) -> None:
    target = made("ollama", GOOD)
    target.takes_s = 0.25
    assert await heard(target, 1, time) == [Reading("ollama", EPOCH + 0.25, State.UP, "", 0.25, GOOD)]


async def test_a_service_says_itself_how_well_it_is(time: VirtualTime) -> None:
    degraded = Findings(state=State.DEGRADED, reason="unhealthy: \x1b[31mcuda")
    (reading,) = await heard(made("tabbyapi", degraded), 1, time)
    assert (reading.state, reading.reason) == (State.DEGRADED, "unhealthy: \\x1b[31mcuda")
    assert reading.found is degraded


async def test_a_node_is_judged_by_its_sample(time: VirtualTime) -> None:
    full = HostSample(1.0, disks=(Disk("/dev/sda1", "/", 100, 99, 1),))
    target = HandMade(node("hydra-ai"), [SAMPLE, full])
    up, degraded = await heard(target, 2, time)
    assert (up.state, up.found) == (State.UP, SAMPLE)
    assert (degraded.state, degraded.reason) == (State.DEGRADED, "disk / is 99 % full")


@pytest.mark.parametrize(
    ("error", "state", "reason"),
    [
        (REFUSED, State.DOWN, "192.0.2.20:11434 refused the connection"),
        (Unauthorised("HTTP 401"), State.UNAUTHORISED, "HTTP 401"),
        (NotReady("loading \x1b[2Ja model"), State.BUSY, "loading \\x1b[2Ja model"),
        (TargetError("x" * 1000), State.DOWN, "x" * 399 + "…"),
        (ZeroDivisionError("by zero"), State.DOWN, "hydra-tui could not read it: ZeroDivisionError: by zero"),
        (asyncio.CancelledError(), State.DOWN, "the look was given up by the connection under it"),
    ],
)
async def test_a_failed_look_is_published_with_its_reason(
    error: BaseException, state: State, reason: str, time: VirtualTime
) -> None:
    (reading,) = await heard(made("ollama", error), 1, time)
    assert reading == Reading("ollama", EPOCH, state, reason, due=reading.due)


async def test_a_look_that_hangs_is_given_up_in_time(time: VirtualTime) -> None:
    (reading,) = await heard(made("ollama", HANG), 1, time)
    assert (reading.at, reading.state) == (EPOCH + 3.0, State.DOWN)
    assert reading.reason == "no answer within 3 s"


async def test_findings_that_make_no_sense_are_a_failed_look(time: VirtualTime) -> None:
    target = made("stranger", Findings(reason=None))  # type: ignore[arg-type]
    readings = await heard(target, 3, time)
    assert [reading.state for reading in readings] == [State.DOWN] * 3
    assert target.looked_at == [0.0, 1.0, 3.0]


@pytest.mark.parametrize("error", [REFUSED, HANG, KeyError("models"), asyncio.CancelledError()])
async def test_whatever_fails_is_looked_at_again(error: Answer, time: VirtualTime) -> None:
    readings = await heard(made("ollama", error, error, error, GOOD), 4, time)
    assert [reading.state for reading in readings] == [State.DOWN, State.DOWN, State.DOWN, State.UP]


async def test_a_fault_of_the_listener_does_not_end_the_watch(time: VirtualTime) -> None:
    ear = Ear()

    def deaf_once(reading: Reading) -> None:
        ear(reading)
        if len(ear.heard) == 1:
            raise RuntimeError("the store is on fire")

    async with running(Poller(made("ollama", GOOD), deaf_once, time)):
        assert len(await ear.first(2)) == 2


async def test_a_look_that_was_well_is_followed_at_the_interval(time: VirtualTime) -> None:
    target = made("ollama", GOOD)
    target.takes_s = 1.5
    await heard(target, 4, time)
    assert target.looked_at == [0.0, 5.0, 10.0, 15.0]


async def test_a_look_longer_than_its_interval_is_followed_at_once(time: VirtualTime) -> None:
    target = HandMade(node("hydra-ai"), [SAMPLE], Pace(0.0, 18.0, 30.0), takes_s=2.0)
    await heard(target, 4, time)
    assert target.looked_at == [0.0, 2.0, 4.0, 6.0]


async def test_a_source_that_answers_without_waiting_leaves_room_for_others(time: VirtualTime) -> None:
    ear = Ear()
    async with running(Poller(HandMade(node("n"), [SAMPLE], Pace(0.0, 18.0, 30.0)), ear, time)):
        assert len(await ear.first(100)) == 100


async def test_pauses_grow_with_every_failure_and_end_at_the_longest(time: VirtualTime) -> None:
    target = made("ollama", REFUSED)
    await heard(target, 9, time)
    pauses = [after - before for before, after in pairwise(target.looked_at)]
    assert pauses == [1, 2, 4, 8, 16, 30, 30, 30]


async def test_a_pause_is_not_shortened_by_the_time_a_failed_look_took(time: VirtualTime) -> None:
    target = made("ollama", HANG)
    await heard(target, 4, time)
    assert target.looked_at == [0.0, 4.0, 9.0, 16.0]


@pytest.mark.parametrize("chance", [0.0, 1.0])
@pytest.mark.parametrize("answer", [REFUSED, HANG])
async def test_the_next_reading_comes_by_when_a_failed_one_said(
    answer: Answer, chance: float, time: VirtualTime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hydra_tui.engine.poller.random.random", lambda: chance)
    readings = await heard(made("ollama", answer), 9, time)
    for before, after in pairwise(readings):
        assert before.due is not None
        assert before.at < after.at <= before.due + 0.001


async def test_a_good_look_ends_the_patience_for_failures(time: VirtualTime) -> None:
    target = made("ollama", REFUSED, REFUSED, GOOD, REFUSED, REFUSED, GOOD)
    await heard(target, 6, time)
    assert target.looked_at == [0.0, 1.0, 3.0, 8.0, 9.0, 11.0]


async def test_pauses_are_jittered(time: VirtualTime, monkeypatch: pytest.MonkeyPatch) -> None:
    chances = iter([0.0, 0.75, 0.25])
    monkeypatch.setattr("hydra_tui.engine.poller.random.random", lambda: next(chances))
    target = made("ollama", GOOD)
    await heard(target, 4, time)
    assert target.looked_at == pytest.approx([0.0, 4.5, 9.75, 14.5])


async def test_a_poke_cuts_the_pause_short(time: VirtualTime) -> None:
    target, ear = made("ollama", GOOD), Ear()
    poller = Poller(target, ear, time)
    async with running(poller):
        await ear.first(1)
        await time.reach(2.0)
        poller.poke()
        await ear.first(3)
    assert target.looked_at == [0.0, 2.0, 7.0]


async def test_a_poke_reaches_a_target_that_is_backing_off(time: VirtualTime) -> None:
    target, ear = made("ollama", *[REFUSED] * 6, GOOD), Ear()
    poller = Poller(target, ear, time)
    async with running(poller):
        await ear.first(6)
        poller.poke()
        assert (await ear.first(7))[-1].state is State.UP
    assert target.looked_at[-1] == target.looked_at[-2]


async def test_a_poke_during_a_look_asks_for_another_one(time: VirtualTime) -> None:
    target, ear = made("ollama", GOOD), Ear()
    target.takes_s = 1.0
    poller = Poller(target, ear, time)
    async with running(poller):
        await time.reach(0.5)
        poller.poke()
        poller.poke()
        await ear.first(3)
    assert target.looked_at == [0.0, 1.0, 6.0]


@pytest.mark.parametrize("second", [0.5, 2.0])
async def test_the_target_is_closed_when_the_watch_is_cancelled(second: float, time: VirtualTime) -> None:
    target = made("ollama", GOOD)
    target.takes_s = 1.0
    async with running(Poller(target, Ear(), time)) as task:
        await time.reach(second)
        assert target.closed == 0
    assert task.cancelled()
    assert target.closed == 1


async def test_a_cancelled_watch_publishes_nothing_more(time: VirtualTime) -> None:
    target, ear = made("ollama", HANG), Ear()
    async with running(Poller(target, ear, time)):
        await time.reach(1.0)
    await time.reach(100.0)
    assert ear.heard == []
