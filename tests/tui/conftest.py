"""The face on a told engine, with time standing still."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass

import pytest
from textual.pilot import Pilot

from hydra_tui.core.cluster import Cluster
from hydra_tui.present.cells import plain
from hydra_tui.present.glyphs import BLOCK, Glyphs
from hydra_tui.tui.app import HydraApp
from hydra_tui.tui.screens.overview import OverviewScreen
from hydra_tui.tui.surface import Surface
from tests.clusters import NOW, hydra
from tests.engines import ToldEngine

TRIES = 400
NEVER = 1e6
"""Seconds between ticks where a test ticks by itself."""


@dataclass
class Console:
    """A console in a test: keys go in, text comes out."""

    app: HydraApp
    pilot: Pilot[Exception]
    engine: ToldEngine

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def until(self, wanted: Callable[[], bool]) -> None:
        """Until it is so; the test's own time limit ends a wait that is in vain."""
        for _ in range(TRIES):
            if wanted():
                return
            await self.pilot.pause(0.02)
        raise AssertionError(f"never came true; the screen shows:\n{self.text()}")

    def text(self, part: str = "body") -> str:
        """What that part of the screen shows."""
        surface = self.app.screen.query_one(f"#{part}", Surface)
        return "\n".join(plain(line) for line in surface.lines)

    @property
    def overview(self) -> OverviewScreen:
        return next(screen for screen in self.app.screen_stack if isinstance(screen, OverviewScreen))


Open = Callable[..., AbstractAsyncContextManager[Console]]


@pytest.fixture
def console() -> Open:
    """`async with console(cluster, size=(80, 24)) as c:` is a console that has drawn that cluster."""

    @asynccontextmanager
    async def opened(
        cluster: Cluster | None = None,
        size: tuple[int, int] = (160, 45),
        theme: str = "dark",
        glyphs: Glyphs = BLOCK,
    ) -> AsyncIterator[Console]:
        engine = ToldEngine(cluster or hydra())
        app = HydraApp(engine.open, now=lambda: NOW, tick_s=NEVER, theme=theme, glyphs=glyphs)
        async with app.run_test(size=size) as pilot:
            console = Console(app, pilot, engine)
            await console.until(lambda: app.cluster is not None)
            await pilot.pause()
            yield console
        app.farewell()

    return opened
