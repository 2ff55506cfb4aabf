"""Why a GPU does not run at the clock it could: the driver's bit mask in words."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Throttle(StrEnum):
    """One reason that holds the clocks down; the value is how a screen says it."""

    IDLE = "idle"
    CLOCK_SETTING = "clocks set by an operator"
    POWER_CAP = "power limit reached"
    HARDWARE = "hardware slowdown"
    SYNC_BOOST = "kept in step with another GPU"
    SOFTWARE_THERMAL = "too warm"
    HARDWARE_THERMAL = "overheating"
    POWER_BRAKE = "power brake: the supply asks for less"
    DISPLAY_SETTING = "display clock setting"


_BITS: Mapping[int, Throttle] = MappingProxyType(
    {
        0x1: Throttle.IDLE,
        0x2: Throttle.CLOCK_SETTING,
        0x4: Throttle.POWER_CAP,
        0x8: Throttle.HARDWARE,
        0x10: Throttle.SYNC_BOOST,
        0x20: Throttle.SOFTWARE_THERMAL,
        0x40: Throttle.HARDWARE_THERMAL,
        0x80: Throttle.POWER_BRAKE,
        0x100: Throttle.DISPLAY_SETTING,
    }
)
"""`nvmlClocksEventReason…` of nvml.h; drivers before 535 call the same bits throttle reasons."""

ALARMING = frozenset(
    {Throttle.HARDWARE, Throttle.SOFTWARE_THERMAL, Throttle.HARDWARE_THERMAL, Throttle.POWER_BRAKE}
)
"""What an operator should do something about; a power limit that is reached is a card at work."""


def throttles(mask: int | None) -> tuple[Throttle, ...] | None:
    """The reasons in a mask, worst bits last; bits without a name are left out. `None` is "not said"."""
    if mask is None:
        return None
    return tuple(reason for bit, reason in _BITS.items() if mask & bit)
