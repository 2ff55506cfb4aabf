"""Nothing waits without a limit."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from hydra_tui.core.errors import NoAnswer


@asynccontextmanager
async def time_limit(seconds: float, otherwise: str) -> AsyncIterator[None]:
    """Ends what runs inside after `seconds`, raising `NoAnswer(otherwise)`."""
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError as error:
        raise NoAnswer(otherwise) from error
