"""What the engine watches. It never knows what is behind a target."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from hydra_tui.core.cluster import Node, Service
from hydra_tui.core.readings import Found


@dataclass(frozen=True, slots=True)
class Pace:
    """How often a target is looked at, and for how long."""

    interval_s: float
    """Between the starts of two looks; 0 for a stream that paces itself."""
    timeout_s: float
    """One look may take this long; then it has failed."""
    longest_pause_s: float
    """The back-off of a failing target ends here."""


class Target(Protocol):
    """Something to look at again and again."""

    @property
    def seed(self) -> Node | Service:
        """The target as it is known before the first look."""
        ...

    @property
    def pace(self) -> Pace: ...

    async def look(self) -> Found:
        """What it says now. Raises `TargetError` with the reason when it says nothing of use."""
        ...

    async def close(self) -> None:
        """Let go of connections; never raises, never takes long."""
        ...
