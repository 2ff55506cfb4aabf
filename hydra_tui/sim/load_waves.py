"""Load as smooth, seeded functions of time, with their exact integrals for counters."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

_WEIGHTS_AND_PERIODS = ((0.5, (40.0, 90.0)), (0.3, (120.0, 300.0)), (0.2, (600.0, 1500.0)))
"""A minute's breath, some minutes' swell and a slow tide; periods in seconds, drawn by the seed."""


@dataclass(frozen=True, slots=True)
class Ripple:
    """One sine of a wave."""

    weight: float
    period_s: float
    phase: float

    def at(self, t: float) -> float:
        """The value at second `t`, of ±`weight`."""
        return self.weight * math.sin(math.tau * t / self.period_s + self.phase)

    def total(self, t: float) -> float:
        """The integral from 0 to `t`."""
        turn = math.tau / self.period_s
        return self.weight * (math.cos(self.phase) - math.cos(turn * t + self.phase)) / turn


@dataclass(frozen=True, slots=True)
class Wave:
    """A value that swings smoothly between `low` and `high`."""

    low: float
    high: float
    ripples: tuple[Ripple, ...]

    def at(self, t: float) -> float:
        """The value at second `t`."""
        swing = sum(ripple.at(t) for ripple in self.ripples)
        return self.low + (self.high - self.low) * (0.5 + 0.5 * swing)

    def total(self, t: float) -> float:
        """The integral from 0 to `t`: what a counter has counted."""
        swing = sum(ripple.total(t) for ripple in self.ripples)
        return self.low * t + (self.high - self.low) * (0.5 * t + 0.5 * swing)

    def mean(self, t: float, seconds: float) -> float:
        """The mean over the last `seconds`: what a slow thing such as a temperature follows."""
        return (self.total(t) - self.total(t - seconds)) / seconds


def wave(seed: int, name: str, low: float, high: float) -> Wave:
    """The wave that this seed has under this name."""
    dice = random.Random(f"{seed}/{name}")
    ripples = (
        Ripple(weight, dice.uniform(*periods), dice.uniform(0.0, math.tau))
        for weight, periods in _WEIGHTS_AND_PERIODS
    )
    return Wave(low, high, tuple(ripples))
