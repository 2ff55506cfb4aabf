"""Draws the pictures of the README from the seeded simulation, through the same road as the console."""

from __future__ import annotations

import asyncio
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
SECONDS = 170.0
"""Until the histories look like something."""
SIZES = {"overview-80x24": (80, 24), "overview-120x36": (120, 36), "overview-160x45": (160, 45)}
VAST = (240, 70)


async def main() -> None:
    """Run the simulation for a while, then take every picture."""
    with TemporaryDirectory(prefix="hydra-pictures-") as folder:
        config = Path(folder) / "config.yaml"
        async with Simulation(SEED, RunningClock()) as simulation:
            simulation.write_configuration(config)
            await _take(config, simulation)


async def _take(config: Path, simulation: Simulation) -> None:
    @asynccontextmanager
    async def opener() -> AsyncIterator[Engine]:
        engine = await configured_engine(load_config(config))
        async with engine:
            yield engine

    app = HydraApp(opener)
    async with app.run_test(size=SIZES["overview-160x45"]) as pilot:
        await pilot.pause(SECONDS)
        for name, size in {**SIZES, "overview-240x70": VAST}.items():
            await _picture(app, pilot, name, size)
        await pilot.press("t")
        await _picture(app, pilot, "overview-light", SIZES["overview-120x36"])
        await pilot.press("t", "2")
        await _picture(app, pilot, "nodes", SIZES["overview-160x45"])
        await pilot.press("1", "enter")
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
