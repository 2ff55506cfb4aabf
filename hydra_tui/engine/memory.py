"""What an engine remembers beyond its own life."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hydra_tui.core.cluster import Node, Service
from hydra_tui.core.events import Event
from hydra_tui.core.readings import Reading

Record = Callable[[Reading, Sequence[Event]], None]
"""Takes a reading and the news that it made; never waits."""

Recall = Callable[[Node | Service], Node | Service]
"""The target as it is first shown: with the sparklines of the time before this engine."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Both ways; each may be left out."""

    record: Record = lambda reading, news: None
    recall: Recall = lambda seed: seed
