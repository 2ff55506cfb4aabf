"""Work that requests cause on top of the waves: it jumps up and fades away."""

from __future__ import annotations

import math

FADE_S = 3.0
"""After so many seconds a third is left."""


class Activity:
    """A level of [0, 1], raised by work and fading by itself, with its integral."""

    def __init__(self) -> None:
        self._level = 0.0
        self._at = 0.0
        self._total = 0.0

    def raise_by(self, amount: float, at: float) -> None:
        """Some work was done at second `at`."""
        self._total, self._level, self._at = self.total(at), self.level(at), at
        self._level = min(1.0, self._level + amount)

    def level(self, at: float) -> float:
        """How busy it is at second `at`."""
        return self._level * self._left(at)

    def total(self, at: float) -> float:
        """The integral of the level from the start to second `at`."""
        return self._total + self._level * FADE_S * (1.0 - self._left(at))

    def _left(self, at: float) -> float:
        return math.exp(-max(0.0, at - self._at) / FADE_S)
