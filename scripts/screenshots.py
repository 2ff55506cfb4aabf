"""Draws the pictures of the README from the seeded simulation, through the same road as the console."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from textual.pilot import Pilot

from hydra_tui.engine.engine import Engine
from hydra_tui.sim.clock import RunningClock
from hydra_tui.sim.simulation import Simulation
from hydra_tui.tui.app import HydraApp
from hydra_tui.wiring import load_config
from hydra_tui.wiring.configured import configured_engine

FOLDER = Path(__file__).parents[1] / "screenshots"
SEED = 1
START = 1_795_356_000.0
"""2026-11-22 14:00 UTC: pictures of different days differ only where the world does."""
SECONDS = 170.0
"""Until the histories look like something."""
SIZES = {"overview-80x24": (80, 24), "overview-120x36": (120, 36), "overview-160x45": (160, 45)}
VAST = (240, 70)


class DayClock:
    """Time that passes as ever, from `START`."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def now(self) -> float:
        return START + self.monotonic() - self._began

    def monotonic(self) -> float:
        return time.monotonic()


async def main() -> None:
    """Run the simulation for a while, then take every picture."""
    with TemporaryDirectory(prefix="hydra-pictures-") as folder:
        config = Path(folder) / "config.yaml"
        async with Simulation(SEED, RunningClock()) as simulation:
            simulation.write_configuration(config)
            await _take(config, DayClock(), simulation)


async def _take(config: Path, clock: DayClock, simulation: Simulation) -> None:
    @asynccontextmanager
    async def opener() -> AsyncIterator[Engine]:
        engine = await configured_engine(load_config(config), clock)
        async with engine:
            yield engine

    app = HydraApp(opener, now=clock.now)
    async with app.run_test(size=SIZES["overview-160x45"]) as pilot:
        await pilot.pause(SECONDS)
        for name, size in {**SIZES, "overview-240x70": VAST}.items():
            await _picture(app, pilot, name, size)
        await pilot.press("t")
        await _picture(app, pilot, "overview-light", SIZES["overview-120x36"])
        await pilot.press("t", "enter")
        await _picture(app, pilot, "node", SIZES["overview-120x36"])
        await pilot.press("escape")
        await simulation.board.fault("ollama", "kill")
        await pilot.pause(8)
        await _picture(app, pilot, "overview-trouble", SIZES["overview-120x36"])
        await pilot.press("question_mark")
        await _picture(app, pilot, "help", SIZES["overview-120x36"])
    app.farewell()


async def _picture(app: HydraApp, pilot: Pilot[Exception], name: str, size: tuple[int, int]) -> None:
    await pilot.resize_terminal(*size)
    await pilot.pause(1)
    (FOLDER / f"{name}.svg").write_text(app.export_screenshot(title="hydra-tui"), "utf-8")


if __name__ == "__main__":
    asyncio.run(main())
