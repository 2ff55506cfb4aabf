"""A clock that a test moves by hand; sleeping moves it, too."""

from __future__ import annotations

import asyncio


class HandClock:
    """World time is what the test says."""

    def __init__(self, at: float = 0.0) -> None:
        self.at = at

    def now(self) -> float:
        return self.at

    def running(self) -> float:
        return self.at

    async def sleep(self, seconds: float) -> None:
        self.at += seconds
        await asyncio.sleep(0)
