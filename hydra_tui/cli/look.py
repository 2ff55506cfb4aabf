"""One look at the cluster, for the verbs that print and end."""

from __future__ import annotations

import asyncio
from pathlib import Path

from hydra_tui.core.cluster import Cluster, Node
from hydra_tui.core.state import State


def look(config: Path | None, timeout_s: float) -> Cluster:
    """The cluster once everything was asked, or as far as it was when the time was up."""
    return asyncio.run(_look(config, timeout_s))


async def _look(config: Path | None, timeout_s: float) -> Cluster:
    from hydra_tui.wiring import watch

    async with watch(config) as engine:
        return await engine.settled(enough, timeout_s)


def enough(cluster: Cluster) -> bool:
    """Every target was asked, and every node that answers has been read twice: a rate needs two looks."""
    return cluster.complete and all(map(_rated, cluster.nodes))


def _rated(node: Node) -> bool:
    answers = node.state in (State.UP, State.DEGRADED)
    return not answers or node.sample is None or node.sample.cpu_percent is not None
