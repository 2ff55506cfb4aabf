"""Run the simulated cluster until a signal says that it is enough."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from hydra_tui.sim.clock import make_clock
from hydra_tui.sim.simulation import Simulation

_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


async def run(
    config_path: Path,
    seed: int,
    announce: Callable[[], None],
    *,
    speed: float = 1.0,
    frozen_at: float | None = None,
) -> None:
    """Take free ports, listen, write `config_path` (mode 0600, whole or not at all), call `announce`, serve.

    `speed` is how fast the world's time runs; with `frozen_at` its values stand still at that second.
    Ends at SIGINT, SIGTERM or SIGHUP within two seconds, and leaves no port and no secret behind. Raises
    `OSError` when the file cannot be written.
    """
    with _told_to_end() as ending:
        async with Simulation(seed, make_clock(speed, frozen_at)) as cluster:
            cluster.write_configuration(config_path)
            announce()
            await ending.wait()


@contextmanager
def _told_to_end() -> Iterator[asyncio.Event]:
    """An event that signals set instead of ending the process at once."""
    loop, ending = asyncio.get_running_loop(), asyncio.Event()
    for number in _ENDING:
        loop.add_signal_handler(number, ending.set)
    try:
        yield ending
    finally:
        for number in _ENDING:
            loop.remove_signal_handler(number)
