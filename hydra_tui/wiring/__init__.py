"""From what the operator wrote to an engine that watches it; nothing above or below knows how."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from hydra_tui.config import paths
from hydra_tui.config.load import Loaded, load
from hydra_tui.engine.engine import Engine
from hydra_tui.wiring.configured import configured_engine
from hydra_tui.wiring.kinds import KnownKinds
from hydra_tui.wiring.this_machine import this_machine_engine


def load_config(path: Path) -> Loaded:
    """The checked configuration. Raises `ConfigError` with all problems at once."""
    return load(path, KnownKinds())


@asynccontextmanager
async def watch(explicit: Path | None) -> AsyncIterator[Engine]:
    """An engine on the configuration there is, or on this machine when there is none."""
    path = paths.find(explicit)
    engine = this_machine_engine() if path is None else await configured_engine(load_config(path))
    async with engine:
        yield engine
