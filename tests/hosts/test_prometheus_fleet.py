"""Nodes that share the looks at their metrics server."""

from __future__ import annotations

import asyncio

import pytest

from hydra_tui.core.errors import NothingKnown, TargetError
from hydra_tui.core.host import HostSample
from hydra_tui.hosts.prometheus.fleet import Fleet
from hydra_tui.hosts.source import SampleSource

INTERVAL_S = 15.0
NODES = 200


class Samples:
    """What the look of that number told."""

    def __init__(self, number: int) -> None:
        self._number = number

    def sample(self, wanted: str) -> HostSample:
        if wanted == "gone":
            raise NothingKnown("gone is not among them")
        return HostSample(at=float(self._number))


class Server:
    """Counts the looks, and fails or hangs when it is told to."""

    def __init__(self) -> None:
        self.looks: list[float] = []
        self.failure: TargetError | None = None
        self.asked, self.answers = asyncio.Event(), asyncio.Event()
        self.answers.set()
        self.closed = 0

    async def look(self) -> Samples:
        self.looks.append(asyncio.get_running_loop().time())
        self.asked.set()
        await self.answers.wait()
        if self.failure:
            raise self.failure
        return Samples(len(self.looks))

    async def close(self) -> None:
        self.closed += 1


@pytest.fixture
def server() -> Server:
    return Server()


async def test_a_fleet_is_looked_at_once_per_round_however_large_it_is(server: Server) -> None:
    fleet = Fleet(server, 0.05)
    nodes: list[SampleSource] = [fleet.node(str(number)) for number in range(NODES)]
    for count in (1, 2, 3):
        samples = await asyncio.gather(*(node.next() for node in nodes))
        assert {sample.at for sample in samples} == {float(count)}
    assert len(server.looks) == 3
    gaps = [after - before for before, after in zip(server.looks, server.looks[1:], strict=False)]
    assert min(gaps) >= 0.045


async def test_a_node_that_comes_late_gets_the_newest_at_once(server: Server) -> None:
    fleet = Fleet(server, INTERVAL_S)
    await fleet.node("a").next()
    assert (await fleet.node("b").next()).at == 1.0
    assert len(server.looks) == 1


async def test_a_node_that_was_told_waits_for_the_next_round(server: Server) -> None:
    fleet = Fleet(server, INTERVAL_S)
    node = fleet.node("a")
    await node.next()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await node.next()
    assert len(server.looks) == 1
    await fleet.close()


async def test_a_node_of_which_nothing_is_told_does_not_disturb_the_others(server: Server) -> None:
    fleet = Fleet(server, INTERVAL_S)
    with pytest.raises(NothingKnown, match="gone is not among them"):
        await fleet.node("gone").next()
    assert (await fleet.node("a").next()).at == 1.0
    assert len(server.looks) == 1


async def test_a_failed_look_fails_all_who_waited_and_leaves_nothing_old_behind(server: Server) -> None:
    fleet = Fleet(server, 0.02)
    early, late = fleet.node("a"), fleet.node("b")
    await early.next()
    server.failure = NothingKnown("the metrics server tells nothing")
    with pytest.raises(NothingKnown):
        await early.next()
    with pytest.raises(NothingKnown):
        await late.next()
    server.failure = None
    assert (await late.next()).at == float(len(server.looks))


async def test_failing_nodes_do_not_make_it_look_more_often(server: Server) -> None:
    fleet = Fleet(server, 0.05)
    server.failure = NothingKnown("no")
    for _ in range(3):
        found = await asyncio.gather(*(fleet.node(str(n)).next() for n in range(9)), return_exceptions=True)
        assert all(isinstance(each, NothingKnown) for each in found)
    assert len(server.looks) == 3
    assert server.looks[2] - server.looks[0] >= 0.09


async def test_one_that_gives_up_waiting_does_not_end_the_wait_of_the_others(server: Server) -> None:
    fleet = Fleet(server, INTERVAL_S)
    server.answers.clear()
    patient = asyncio.create_task(fleet.node("a").next())
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.02):
            await fleet.node("b").next()
    server.answers.set()
    assert (await patient).at == 1.0
    assert len(server.looks) == 1


async def test_closing_ends_a_look_that_hangs_and_lets_go_of_the_server(server: Server) -> None:
    fleet = Fleet(server, INTERVAL_S)
    server.answers.clear()
    waiting = asyncio.create_task(fleet.node("a").next())
    await server.asked.wait()
    await asyncio.gather(*(fleet.node(str(number)).close() for number in range(3)))
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert server.closed == 3
