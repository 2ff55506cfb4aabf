"""From what the operator wrote to an engine that watches it; nothing above or below knows how."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from hydra_tui.config import paths
from hydra_tui.config.load import Loaded, load
from hydra_tui.engine.engine import Engine
from hydra_tui.wiring.configured import configured_engine
from hydra_tui.wiring.history_place import history_place
from hydra_tui.wiring.kinds import KnownKinds
from hydra_tui.wiring.remembering import remembering
from hydra_tui.wiring.this_machine import this_machine_engine


def load_config(path: Path) -> Loaded:
    """The checked configuration. Raises `ConfigError` with all problems at once."""
    return load(path, KnownKinds())


@asynccontextmanager
async def watch(explicit: Path | None, *, remember: bool = False) -> AsyncIterator[Engine]:
    """An engine on the configuration there is, or on this machine when there is none.

    One that is to `remember` records what it reads and shows what was recorded before.
    """
    path = paths.find(explicit)
    loaded = None if path is None else load_config(path)
    kept = history_place(loaded.config if loaded else None) if remember else None
    async with remembering(kept) as memory:
        if loaded is None:
            engine = this_machine_engine(memory)
        else:
            engine = await configured_engine(loaded, memory=memory)
        async with engine:
            yield engine
