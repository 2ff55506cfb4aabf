"""The engine as a face meets it: updates, pokes, a settled look, and an end that closes everything."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from hydra_tui.core.cluster import Cluster
from hydra_tui.core.errors import ConnectionRefused
from hydra_tui.core.events import Event
from hydra_tui.core.readings import Reading
from hydra_tui.core.state import State
from hydra_tui.engine.engine import FILLING_S, SCOUT_INTERVAL_S, Engine
from hydra_tui.engine.memory import Memory
from hydra_tui.engine.store import Store, Update
from hydra_tui.engine.target import Pace, Target
from tests.engine.targets import GOOD, HANG, SAMPLE, Answer, HandMade, made, node
from tests.engine.virtual_time import EPOCH, VirtualTime

REFUSED = ConnectionRefused("refused")
FLAPPING: list[Answer] = [GOOD, REFUSED] * 20


def states(cluster: Cluster) -> dict[str, State]:
    return {node.name: node.state for node in cluster.nodes} | {
        service.name: service.state for service in cluster.services
    }


def everything(cluster: Cluster) -> bool:
    return cluster.complete


def nothing_is_enough(cluster: Cluster) -> bool:
    return False


class Scout:
    """Finds what it is told to find, look by look; afterwards nothing."""

    def __init__(self, *finds: Sequence[Target] | Exception, takes_s: float = 0.0) -> None:
        self._finds = list(finds)
        self._takes_s = takes_s
        self.asked_at: list[float] = []

    async def __call__(self) -> Sequence[Target]:
        self.asked_at.append(asyncio.get_running_loop().time())
        await asyncio.sleep(self._takes_s)
        found = self._finds.pop(0) if self._finds else ()
        if isinstance(found, Exception):
            raise found
        return found


def engine_of(time: VirtualTime, *targets: HandMade, scout: Scout | None = None) -> Engine:
    return Engine(Store("hydra"), targets, scout=scout, clock=time)


@asynccontextmanager
async def reading(engine: Engine, at_most_every_s: float) -> AsyncIterator[list[Update]]:
    """The updates that a face gets while the block lasts."""
    seen: list[Update] = []

    async def read() -> None:
        async for update in engine.updates(at_most_every_s):
            seen.append(update)  # noqa: PERF401 - it is read while it grows

    reader = asyncio.create_task(read())
    try:
        yield seen
    finally:
        reader.cancel()
        await asyncio.wait([reader])


def moments(updates: list[Update]) -> list[float]:
    """When each update came, in seconds."""
    return [round(update.cluster.at - EPOCH, 3) for update in updates]


async def test_every_target_is_watched(time: VirtualTime) -> None:
    targets = (HandMade(node("hydra-ai"), [SAMPLE]), made("ollama", GOOD), made("redis", REFUSED))
    async with engine_of(time, *targets) as engine:
        cluster = await engine.settled(everything, 10.0)
    assert states(cluster) == {"hydra-ai": State.UP, "ollama": State.UP, "redis": State.DOWN}


async def test_a_target_that_hangs_delays_no_other(time: VirtualTime) -> None:
    hanging, well = made("hanging", HANG), made("well", GOOD)
    async with engine_of(time, hanging, well):
        await time.reach(12.0)
    assert well.looked_at == [0.0, 5.0, 10.0]
    assert hanging.looked_at == [0.0, 4.0, 9.0]


async def test_the_first_update_comes_at_once_and_knows_the_seeds(time: VirtualTime) -> None:
    async with engine_of(time, made("ollama", HANG)) as engine, reading(engine, 1.0) as seen:
        await time.reach(0.01)
    assert moments(seen) == [0.0]
    assert states(seen[0].cluster) == {"ollama": State.UNKNOWN}


async def test_first_readings_are_told_in_steps_and_the_last_one_at_once(time: VirtualTime) -> None:
    targets = [made(name, GOOD) for name in ("a", "b", "c")]
    for number, target in enumerate(targets):
        target.takes_s = 0.05 + FILLING_S * number
    async with engine_of(time, *targets) as engine, reading(engine, 60.0) as seen:
        await time.reach(4.0)
    assert moments(seen) == [0.0, 0.3, 0.6, 0.65]
    known = [sum(each.at is not None for each in update.cluster.services) for update in seen]
    assert known == [0, 1, 2, 3]


def every_second(name: str, *answers: Answer, takes_s: float = 0.0) -> HandMade:
    return HandMade(made(name, GOOD).seed, list(answers), Pace(1.0, 3.0, 1.0), takes_s)


async def test_numbers_are_told_at_the_pace_of_the_face_and_the_newest_win(time: VirtualTime) -> None:
    target = every_second("ollama", GOOD)
    async with engine_of(time, target) as engine, reading(engine, 10.0) as seen:
        await time.reach(25.0)
    assert moments(seen) == [0.0, 0.05, 10.05, 20.05]
    assert [each.cluster.services[0].at for each in seen[1:]] == [EPOCH, EPOCH + 10, EPOCH + 20]


async def test_an_event_is_told_at_once_and_those_that_follow_it_closely_together(time: VirtualTime) -> None:
    targets = [
        every_second("a", GOOD, REFUSED),
        every_second("b", GOOD, REFUSED, takes_s=0.02),
        every_second("c", GOOD, REFUSED, takes_s=0.04),
    ]
    async with engine_of(time, *targets) as engine, reading(engine, 10.0) as seen:
        await time.reach(5.0)
    assert moments(seen) == [0.0, 0.05, 1.0, 1.05]
    assert [[event.subject for event in each.news] for each in seen] == [[], [], ["a"], ["b", "c"]]
    assert seen[-1].cluster.events == seen[2].news + seen[3].news


async def test_no_event_is_told_twice_or_lost(time: VirtualTime) -> None:
    targets = [every_second(name, *FLAPPING, takes_s=0.03 * n) for n, name in enumerate("abcd")]
    async with engine_of(time, *targets) as engine, reading(engine, 10.0) as seen:
        await time.reach(15.0)
    assert len(seen[-1].cluster.events) == 56
    assert tuple(event for each in seen for event in each.news) == seen[-1].cluster.events


async def test_a_poke_tells_at_once_what_is_known(time: VirtualTime) -> None:
    async with engine_of(time, every_second("ollama", GOOD)) as engine, reading(engine, 10.0) as seen:
        await time.reach(5.5)
        engine.poke()
        await time.reach(5.6)
    assert moments(seen) == [0.0, 0.05, 5.5]


async def test_no_update_comes_while_nothing_is_read(time: VirtualTime) -> None:
    calm = made("ollama", GOOD)
    calm.pace = Pace(interval_s=60.0, timeout_s=3.0, longest_pause_s=60.0)
    async with engine_of(time, calm) as engine, reading(engine, 1.0) as seen:
        await time.reach(59.0)
        assert moments(seen) == [0.0, 0.05]
        await time.reach(61.0)
        assert moments(seen) == [0.0, 0.05, 60.0]


async def test_a_settled_look_ends_with_the_first_cluster_that_is_enough(time: VirtualTime) -> None:
    slow = made("slow", GOOD)
    slow.takes_s = 2.0
    async with engine_of(time, slow, made("quick", GOOD)) as engine:
        cluster = await engine.settled(everything, 10.0)
    assert states(cluster) == {"slow": State.UP, "quick": State.UP}
    assert cluster.at - EPOCH == pytest.approx(2.0, abs=2 * FILLING_S)


async def test_a_settled_look_returns_what_is_known_when_its_time_is_up(time: VirtualTime) -> None:
    async with engine_of(time, made("hanging", HANG), made("quick", GOOD)) as engine:
        cluster = await engine.settled(everything, 1.5)
    assert states(cluster) == {"hanging": State.UNKNOWN, "quick": State.UP}
    assert cluster.at == EPOCH + 1.5


async def test_a_settled_look_waits_for_the_scout(time: VirtualTime) -> None:
    scout = Scout([made("found", GOOD)], takes_s=2.0)
    async with engine_of(time, made("known", GOOD), scout=scout) as engine:
        cluster = await engine.settled(everything, 10.0)
    assert states(cluster) == {"known": State.UP, "found": State.UP}


async def test_a_scout_that_is_slow_costs_no_more_than_the_time_there_is(time: VirtualTime) -> None:
    scout = Scout([made("found", GOOD)], takes_s=60.0)
    async with engine_of(time, made("known", GOOD), scout=scout) as engine:
        cluster = await engine.settled(everything, 5.0)
    assert states(cluster) == {"known": State.UP}
    assert cluster.at == EPOCH + 5.0


async def test_a_scout_is_asked_again_and_what_it_finds_is_watched(time: VirtualTime) -> None:
    late = made("late", GOOD)
    scout = Scout([made("early", GOOD)], [late])
    async with engine_of(time, scout=scout) as engine, reading(engine, 1.0) as seen:
        await time.reach(SCOUT_INTERVAL_S - 1)
        assert states(seen[-1].cluster) == {"early": State.UP}
        await time.reach(SCOUT_INTERVAL_S + 2)
        assert states(seen[-1].cluster) == {"early": State.UP, "late": State.UP}
    assert scout.asked_at == [0.0, SCOUT_INTERVAL_S]
    assert late.looked_at == [SCOUT_INTERVAL_S]


async def test_a_scout_that_raises_neither_ends_the_watch_nor_the_search(
    time: VirtualTime, caplog: pytest.LogCaptureFixture
) -> None:
    scout = Scout(ValueError("a port that bites"), [made("found", GOOD)])
    async with engine_of(time, made("known", GOOD), scout=scout) as engine:
        settled = await engine.settled(everything, 20.0)
        assert settled.at < EPOCH + 1.0
        assert states(settled) == {"known": State.UP}
        await time.reach(SCOUT_INTERVAL_S)
        assert states(await engine.settled(lambda cluster: len(cluster.services) == 2, 5.0)) == {
            "known": State.UP,
            "found": State.UP,
        }
    (record,) = caplog.records
    assert (record.levelno, record.getMessage()) == (logging.ERROR, "looking for services")
    assert "a port that bites" in caplog.text


async def test_one_target_can_be_poked(time: VirtualTime) -> None:
    one, other = made("one", GOOD), made("other", GOOD)
    async with engine_of(time, one, other) as engine:
        await time.reach(2.0)
        engine.poke("one")
        await time.reach(4.0)
    assert (one.looked_at, other.looked_at) == ([0.0, 2.0], [0.0])


async def test_all_targets_can_be_poked(time: VirtualTime) -> None:
    targets = (made("one", GOOD), made("other", REFUSED), made("hanging", HANG))
    async with engine_of(time, *targets) as engine:
        await time.reach(2.5)
        engine.poke()
        await time.reach(2.6)
    assert [target.looked_at for target in targets] == [[0.0, 2.5], [0.0, 1.0, 2.5], [0.0]]


async def test_the_end_closes_every_target_once(time: VirtualTime) -> None:
    known = [made("well", GOOD), made("failing", REFUSED), made("hanging", HANG)]
    found = made("found", GOOD)
    async with engine_of(time, *known, scout=Scout([found])):
        await time.reach(2.0)
        assert [target.closed for target in (*known, found)] == [0, 0, 0, 0]
    assert [target.closed for target in (*known, found)] == [1, 1, 1, 1]


async def test_an_engine_that_is_left_at_once_closes_its_targets(time: VirtualTime) -> None:
    target = made("ollama", GOOD)
    async with engine_of(time, target):
        pass
    assert target.closed == 1


async def test_an_error_in_the_face_closes_the_targets_and_is_told(time: VirtualTime) -> None:
    target = made("ollama", HANG)

    async def watch() -> None:
        async with engine_of(time, target):
            await time.reach(1.0)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await watch()
    assert target.closed == 1


async def test_a_target_that_cannot_be_closed_keeps_no_other_open(time: VirtualTime) -> None:
    class Stuck(HandMade):
        async def close(self) -> None:
            raise OSError("already gone")

    well = made("well", GOOD)
    async with engine_of(time, Stuck(made("stuck", GOOD).seed, [GOOD]), well):
        await time.reach(1.0)
    assert well.closed == 1


async def test_nothing_goes_on_after_the_end(time: VirtualTime) -> None:
    scout, target = Scout(), made("ollama", GOOD)
    async with engine_of(time, target, scout=scout):
        await time.reach(1.0)
    await time.reach(100.0)
    assert (scout.asked_at, target.looked_at) == ([0.0], [0.0])


async def test_every_reading_is_remembered_with_its_news(time: VirtualTime) -> None:
    remembered: list[tuple[str, float, list[str]]] = []

    def record(reading: Reading, news: Sequence[Event]) -> None:
        remembered.append((reading.name, reading.at - EPOCH, [event.what for event in news]))

    targets = [every_second("ollama", GOOD, REFUSED)]
    async with Engine(Store("hydra"), targets, clock=time, memory=Memory(record=record)):
        await time.reach(1.5)
    assert remembered == [("ollama", 0.0, []), ("ollama", 1.0, ["down"])]


async def test_a_memory_that_fails_ends_no_watch(time: VirtualTime, caplog: pytest.LogCaptureFixture) -> None:
    def record(reading: Reading, news: Sequence[Event]) -> None:
        raise OSError("no memory")

    target = made("ollama", GOOD)
    async with Engine(Store("hydra"), [target], clock=time, memory=Memory(record=record)):
        await time.reach(6.0)
    assert target.looked_at == [0.0, 5.0]
    assert "no memory" in caplog.text


async def test_configured_and_found_targets_are_recalled(time: VirtualTime) -> None:
    memory = Memory(recall=lambda seed: replace(seed, reason="as it was"))
    scout = Scout([made("found", HANG)])
    engine = Engine(Store("hydra"), [made("known", HANG)], scout=scout, clock=time, memory=memory)
    async with engine:
        cluster = await engine.settled(lambda cluster: len(cluster.services) == 2, 5.0)
    assert [service.reason for service in cluster.services] == ["as it was"] * 2
