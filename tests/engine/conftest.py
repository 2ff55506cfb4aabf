"""An engine's tests live in virtual time, and the dice always show the middle."""

from __future__ import annotations

import asyncio

import pytest

from tests.engine.virtual_time import VirtualTime


@pytest.fixture
async def time(monkeypatch: pytest.MonkeyPatch) -> VirtualTime:
    """The time that the test's event loop and its engine live by."""
    virtual = VirtualTime()
    virtual.take_over(asyncio.get_running_loop(), monkeypatch)
    return virtual


@pytest.fixture(autouse=True)
def no_jitter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses of exactly the length they should have."""
    monkeypatch.setattr("hydra_tui.engine.poller.random.random", lambda: 0.5)
