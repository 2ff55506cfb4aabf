"""Libraries that only some clusters need, imported when one does."""

from __future__ import annotations

import asyncio
from importlib import import_module


async def imported(module: str) -> None:
    """Imports `module` in a thread, so that the screen stays alive and no service's time is spent on it."""
    await asyncio.to_thread(import_module, module)
