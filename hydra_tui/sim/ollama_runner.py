"""One model in Ollama's memory, and how long it may stay."""

from __future__ import annotations

from dataclasses import dataclass

from hydra_tui.sim.model_files import ModelFile
from hydra_tui.sim.placement import Split

_VISITS_EVERY_S = 45.0
"""The rest of the world uses the models it keeps warm about this often, which renews their lease."""


@dataclass(slots=True)
class Runner:
    """One loaded model."""

    model: ModelFile
    context: int
    split: Split
    keep_alive_s: float
    used_at: float
    visited: bool = False
    """Whether others than our caller use it, too."""
    busy: int = 0
    """Requests it is working on."""

    @property
    def vram_bytes(self) -> int:
        """On all GPUs together."""
        return sum(self.split)

    def last_used(self, now: float) -> float:
        """When its keep-alive began to run."""
        visit = now // _VISITS_EVERY_S * _VISITS_EVERY_S if self.visited else 0.0
        return now if self.busy else max(self.used_at, visit)

    def remaining_s(self, now: float) -> float:
        """Until it is unloaded; `inf` is never."""
        return self.last_used(now) + self.keep_alive_s - now
