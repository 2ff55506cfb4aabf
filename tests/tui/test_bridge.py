"""The engine has a thread of its own: what it learns comes over once, and it is always closed."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from dataclasses import dataclass, field

import pytest

from hydra_tui.core.errors import ConfigError, NoAnswer
from hydra_tui.engine.store import Update
from hydra_tui.tui import bridge as bridges
from hydra_tui.tui.bridge import Bridge, Opener
from tests.clusters import hydra, troubled
from tests.engines import ToldEngine

PATIENCE_S = 10.0


@dataclass
class Face:
    """Whoever is on this side of the bridge."""

    updates: list[Update] = field(default_factory=list)
    errors: list[Exception] = field(default_factory=list)
    threads: set[str] = field(default_factory=set)
    told: threading.Event = field(default_factory=threading.Event)

    def deliver(self, update: Update) -> None:
        self.threads.add(threading.current_thread().name)
        self.updates.append(update)
        self.told.set()

    def fail(self, error: Exception) -> None:
        self.threads.add(threading.current_thread().name)
        self.errors.append(error)
        self.told.set()

    def wait(self) -> None:
        """Until something has come over."""
        assert self.told.wait(PATIENCE_S)
        self.told.clear()


@contextmanager
def crossing(opener: Opener) -> Iterator[tuple[Bridge, Face]]:
    """A started bridge, stopped at the end whatever happens."""
    face = Face()
    bridge = Bridge(opener, face.deliver, face.fail)
    bridge.start()
    try:
        yield bridge, face
    finally:
        bridge.stop()
        bridge.wait()


def unopened() -> AbstractAsyncContextManager[ToldEngine]:
    raise ConfigError("config.yaml:3: no")


class Breaking(ToldEngine):
    """Tells once, then breaks."""

    async def updates(self, at_most_every_s: float) -> AsyncIterator[Update]:
        yield Update(hydra(), ())
        raise NoAnswer("the loop is broken")


def test_the_engine_is_opened_in_a_thread_of_its_own() -> None:
    threads: list[str] = []
    engine = ToldEngine(hydra())

    @asynccontextmanager
    async def opener() -> AsyncIterator[ToldEngine]:
        threads.append(threading.current_thread().name)
        async with engine.open() as opened:
            yield opened

    with crossing(opener) as (_, face):
        face.wait()
    assert threads == ["engine"]
    assert face.threads == {"engine"}
    assert threading.current_thread().name != "engine"


def test_every_update_comes_over_in_its_order() -> None:
    engine = ToldEngine(hydra())
    with crossing(engine.open) as (_, face):
        face.wait()
        engine.tell(troubled())
        face.wait()
    assert [update.cluster for update in face.updates] == [hydra(), troubled()]
    assert face.errors == []


def test_an_engine_that_cannot_open_is_told_once() -> None:
    with crossing(unopened) as (bridge, face):
        face.wait()
        bridge.wait()
    assert [str(error) for error in face.errors] == ["config.yaml:3: no"]
    assert face.updates == []


def test_an_engine_that_breaks_is_closed_and_told_once() -> None:
    engine = Breaking()
    with crossing(engine.open) as (bridge, face):
        face.wait()
        bridge.wait()
    assert [type(error) for error in face.errors] == [NoAnswer]
    assert engine.closed


def test_a_stop_cancels_the_watch_and_closes_the_engine_without_an_error() -> None:
    engine = ToldEngine(hydra())
    with crossing(engine.open) as (bridge, face):
        face.wait()
        before = engine.closed
        bridge.stop()
        bridge.wait()
        assert (before, engine.closed) == (False, True)
    assert face.errors == []


def test_a_stop_before_the_engine_was_opened_keeps_it_from_opening() -> None:
    face = Face()
    bridge = Bridge(unopened, face.deliver, face.fail)
    bridge.stop()
    bridge.start()
    bridge.wait()
    assert face.errors == []


def test_a_stop_and_a_poke_after_the_end_are_harmless() -> None:
    engine = ToldEngine(hydra())
    with crossing(engine.open) as (bridge, face):
        face.wait()
        bridge.stop()
        bridge.wait()
        bridge.poke()
        bridge.stop()
    assert engine.poked == 0


def test_a_poke_before_the_start_is_harmless() -> None:
    face = Face()
    bridge = Bridge(ToldEngine().open, face.deliver, face.fail)
    bridge.poke()
    bridge.wait()
    assert not face.updates
    assert not face.errors


def test_a_poke_reaches_the_engine_in_its_own_thread() -> None:
    poked = threading.Event()
    threads: list[str] = []

    class Poked(ToldEngine):
        def poke(self) -> None:
            threads.append(threading.current_thread().name)
            poked.set()

    with crossing(Poked(hydra()).open) as (bridge, face):
        face.wait()
        bridge.poke()
        assert poked.wait(PATIENCE_S)
    assert threads == ["engine"]


def test_nobody_waits_for_ever_for_an_engine_that_does_not_close(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bridges, "FAREWELL_S", 0.05)
    closing, released = threading.Event(), threading.Event()
    engine = ToldEngine(hydra())

    @asynccontextmanager
    async def stubborn() -> AsyncIterator[ToldEngine]:
        async with engine.open() as opened:
            try:
                yield opened
            finally:
                closing.set()
                await asyncio.to_thread(released.wait, PATIENCE_S)

    with crossing(stubborn) as (bridge, face):
        face.wait()
        bridge.stop()
        bridge.wait()
        assert closing.wait(PATIENCE_S)
        assert not engine.closed
        released.set()
        monkeypatch.setattr(bridges, "FAREWELL_S", PATIENCE_S)
        bridge.wait()
    assert engine.closed
