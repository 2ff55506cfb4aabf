"""A simulated cluster for each test that asks for one."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from hydra_tui.sim.clock import RunningClock
from hydra_tui.sim.simulation import Simulation

SEED = 7
SPEED = 20.0
"""A 70B loads in a tenth of a second."""


@pytest.fixture
async def cluster() -> AsyncIterator[Simulation]:
    """Everything listening, world time twenty times as fast."""
    async with Simulation(SEED, RunningClock(SPEED)) as running:
        yield running


@pytest.fixture
async def unhurried() -> AsyncIterator[Simulation]:
    """The same at the usual pace: for what a test must catch in the middle."""
    async with Simulation(SEED, RunningClock()) as running:
        yield running
