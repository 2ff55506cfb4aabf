"""The two targets there are: a host that is sampled, a service that is probed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from hydra_tui.adapters.base.capabilities import Probe
from hydra_tui.core.cluster import Node, Service
from hydra_tui.core.host import HostCounters, HostSample, sample
from hydra_tui.core.inventory import InventoryEntry, enrich
from hydra_tui.core.readings import Findings
from hydra_tui.engine.target import Pace
from hydra_tui.hosts.source import CountersSource

PATIENCE_INTERVALS = 3
"""A sampling stream that is silent for so many of its intervals has stalled."""

CONNECT_S = 12.0
"""What opening a connection may take before the first sample."""


class WatchedNode:
    """A node whose counters come from a source that paces itself."""

    def __init__(
        self, seed: Node, source: CountersSource, release: Callable[[], Awaitable[None]] | None = None
    ) -> None:
        """`release` lets go of the connection under the source, after the source itself."""
        self.seed = seed
        self._release = release
        self.pace = Pace(0.0, CONNECT_S + PATIENCE_INTERVALS * seed.interval_s, longest_pause_s=30.0)
        self._source = source
        self._before: HostCounters | None = None

    async def look(self) -> HostSample:
        after = await self._source.next()
        taken = sample(self._before, after)
        self._before = after
        return taken

    async def close(self) -> None:
        try:
            await self._source.close()
        finally:
            if self._release is not None:
                await self._release()


class WatchedService:
    """A service behind its adapter."""

    def __init__(
        self, seed: Service, adapter: Probe, timeout_s: float, inventory: Mapping[str, InventoryEntry]
    ) -> None:
        self.seed = seed
        # The adapter limits each of its calls; this is the backstop over all of them together.
        self.pace = Pace(seed.interval_s, 2.0 * timeout_s + 1.0, longest_pause_s=seed.interval_s)
        self._adapter = adapter
        self._inventory = inventory

    async def look(self) -> Findings:
        found = await self._adapter.probe()
        if found.models is None:
            return found
        return replace(found, models=enrich(found.models, self._inventory))

    async def close(self) -> None:
        await self._adapter.close()
