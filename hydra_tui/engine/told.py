"""A node of which somebody else tells: its samples come finished."""

from __future__ import annotations

from hydra_tui.core.cluster import Node
from hydra_tui.core.host import HostSample
from hydra_tui.engine.target import Pace
from hydra_tui.hosts.source import SampleSource


class ToldNode:
    """A node whose samples come from a source that paces itself."""

    def __init__(self, seed: Node, source: SampleSource, timeout_s: float) -> None:
        """`timeout_s` is for one answer, once it is due."""
        self.seed = seed
        self.pace = Pace(0.0, seed.interval_s + timeout_s, longest_pause_s=max(30.0, seed.interval_s))
        self._source = source

    async def look(self) -> HostSample:
        return await self._source.next()

    async def close(self) -> None:
        await self._source.close()
