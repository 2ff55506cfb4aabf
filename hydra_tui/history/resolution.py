"""How fine values are kept, and for how long."""

from __future__ import annotations

from dataclasses import dataclass

HOUR_S = 3600
DAY_S = 24 * HOUR_S


@dataclass(frozen=True, slots=True)
class Resolution:
    """A grain of time, and the age at which it is dropped."""

    step_s: int
    """Values of so many seconds are one row; 0 keeps each by itself."""
    keep_s: int


RAW = Resolution(0, 12 * HOUR_S)
MINUTE = Resolution(60, 14 * DAY_S)
HOUR = Resolution(HOUR_S, 730 * DAY_S)

ROLLED = (MINUTE, HOUR)
"""What raw values are rolled into."""

FINEST_FIRST = (RAW, *ROLLED)

EVENTS_KEEP_S = 90 * DAY_S
