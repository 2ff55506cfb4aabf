"""Durations and sizes as people write them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from hydra_tui.config.wrong_value import WrongValueError

_DURATION = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,9})?) ?(ms|s|m|h|d)")
_SECONDS: Mapping[str, float] = MappingProxyType(
    {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
)

_SIZE = re.compile(r"([0-9]{1,15}(?:\.[0-9]{1,9})?) ?([kmgt]?i?b)", re.IGNORECASE)
_BYTES: Mapping[str, int] = MappingProxyType(
    {"b": 1}
    | {f"{letter}b": 1000**power for power, letter in enumerate("kmgt", 1)}
    | {f"{letter}ib": 1024**power for power, letter in enumerate("kmgt", 1)}
)

LARGEST_BYTES = 10**15
"""A petabyte: more than any model, and less than a typing error."""


def duration(value: Any, shortest_s: float, longest_s: float) -> float:
    """Seconds from `5s`, `500ms`, `2m`, `1h`, `7d` or a plain number of seconds, within the limits.

    >>> duration("500ms", 0.1, 120)
    0.5
    """
    seconds = _number(value, _DURATION, _SECONDS)
    if seconds is None:
        raise WrongValueError(
            "is not a duration", "write it like `5s`, `500ms`, `2m`, or a plain number of seconds"
        )
    if not shortest_s <= seconds <= longest_s:
        raise WrongValueError(f"must be from {spell_duration(shortest_s)} to {spell_duration(longest_s)}")
    return float(seconds)


def size(value: Any) -> int:
    """Bytes from `35GB` (10^9), `24GiB` (2^30) or a plain number of bytes.

    >>> size("24GiB")
    25769803776
    """
    amount = _number(value, _SIZE, _BYTES)
    if amount is None:
        raise WrongValueError(
            "is not a size", "write it like `35GB`, `24GiB`, `300MB`, or a plain number of bytes"
        )
    if not 1 <= amount <= LARGEST_BYTES:
        raise WrongValueError("must be from 1 byte to 1000 TB")
    return round(amount)


def _number(value: Any, form: re.Pattern[str], units: Mapping[str, float]) -> float | None:
    """The number that `value` is or spells; `None` for anything else, truth values included."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return value
    spelt = form.fullmatch(value.strip()) if isinstance(value, str) else None
    factor = units.get(spelt[2].lower()) if spelt else None
    return float(spelt[1]) * factor if spelt and factor else None


def spell_duration(seconds: float) -> str:
    """The way back, in the largest unit that stays whole: `500ms`, `5s`, `2m`, `1h`."""
    for unit in ("d", "h", "m", "s"):
        if seconds % _SECONDS[unit] == 0:
            return f"{seconds / _SECONDS[unit]:.0f}{unit}"
    return f"{seconds * 1000:.9g}ms"
