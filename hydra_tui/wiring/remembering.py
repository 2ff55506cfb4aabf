"""The memory of an engine, out of the history and into it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from hydra_tui.engine.memory import Memory
from hydra_tui.wiring.history_place import HistoryPlace


@asynccontextmanager
async def remembering(place: HistoryPlace | None) -> AsyncIterator[Memory]:
    """Recalls what was, and records from here to the end; neither, when there is no place for it."""
    if place is None or not place.record:
        yield Memory()
        return
    # A look that prints and ends never waits for a database to be imported.
    from hydra_tui.engine.recall import recalling
    from hydra_tui.engine.recorder import Recorder

    recall = await asyncio.to_thread(recalling, place.file, time.time())
    recorder = Recorder(place.file, place.size_bytes, time.time)
    recorder.start()
    try:
        yield Memory(recorder.record, recall)
    finally:
        await asyncio.to_thread(recorder.close)
