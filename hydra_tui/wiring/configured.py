"""An engine out of a configuration."""

from __future__ import annotations

import asyncio

from hydra_tui.config.load import Loaded
from hydra_tui.engine.clock import Clock
from hydra_tui.engine.engine import Engine
from hydra_tui.engine.memory import Memory
from hydra_tui.engine.store import Store
from hydra_tui.engine.target import Target
from hydra_tui.wiring.node_targets import node_targets
from hydra_tui.wiring.secrets import resolved
from hydra_tui.wiring.service_targets import service_targets


async def configured_engine(
    loaded: Loaded, clock: Clock | None = None, memory: Memory | None = None
) -> Engine:
    """A target per node and service. Raises `ConfigError` with every secret and option that is of no use."""
    # Secrets may come from a command or a keyring that takes its time.
    keys = await asyncio.to_thread(resolved, loaded)
    config = loaded.config
    targets: list[Target] = [*node_targets(config, keys), *service_targets(loaded, keys)]
    store = Store(config.cluster, simulated=config.simulation is not None)
    return Engine(store, targets, clock=clock, memory=memory)
