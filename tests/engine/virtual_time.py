"""Time that passes only when there is nothing else to do: an hour of pauses costs no time at all."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

EPOCH = 1_795_352_600.0


class VirtualTime:
    """The clock of an engine and of its event loop, which jumps to its next timer when it has no work."""

    def __init__(self) -> None:
        self._at = 0.0

    def now(self) -> float:
        return EPOCH + self._at

    def monotonic(self) -> float:
        return self._at

    def take_over(self, loop: asyncio.AbstractEventLoop, monkeypatch: pytest.MonkeyPatch) -> None:
        """Let the loop live by this time until the test ends."""
        selector: Any = loop._selector  # type: ignore[attr-defined]
        select = selector.select

        def jump(timeout: float | None) -> Any:
            if timeout is None:
                raise AssertionError("everybody waits for something that nobody will do")
            ready = select(0)
            if not ready:
                self._at += timeout
            return ready

        monkeypatch.setattr(loop, "time", self.monotonic)
        monkeypatch.setattr(selector, "select", jump)

    async def reach(self, second: float) -> None:
        """Let everything happen that happens up to that second."""
        await asyncio.sleep(second - self._at)
