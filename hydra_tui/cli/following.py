"""The nodes again and again, for whoever reads a pipe or leaves a terminal open."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hydra_tui.core.cluster import Cluster


def follow(config: Path | None, interval_s: float, timeout_s: float, show: Callable[[Cluster], None]) -> None:
    """Show the cluster once it was read, and then whenever it changed, at most every `interval_s`.

    Returns never: an interrupt, or a reader that is gone, raises out of it once all is closed.
    """
    asyncio.run(_follow(config, interval_s, timeout_s, show))


async def _follow(
    config: Path | None, interval_s: float, timeout_s: float, show: Callable[[Cluster], None]
) -> None:
    from hydra_tui.cli.look import enough
    from hydra_tui.wiring import watch

    async with watch(config, remember=True) as engine:
        await engine.settled(enough, timeout_s)
        async for update in engine.updates(interval_s):
            show(update.cluster)
