"""Ollama's `keep_alive`: a number is seconds, a text is a Go duration, below zero is for ever."""

from __future__ import annotations

import math
import re
from typing import Any

DEFAULT_S = 300.0

_UNITS = {"ns": 1e-9, "us": 1e-6, "µs": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0, "h": 3600.0}
_PART = re.compile(r"(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)")


def parse(value: Any) -> float:
    """Seconds; `inf` is for ever. Raises `ValueError` with Go's words: `"300"` lacks its unit."""
    if value is None:
        return DEFAULT_S
    if isinstance(value, int | float):
        return _or_for_ever(float(value))
    text = str(value)
    parts = _PART.findall(text)
    if not parts or "".join(number + unit for number, unit in parts) != text.lstrip("-"):
        raise ValueError(f'time: missing unit in duration "{text}"')
    seconds = sum(float(number) * _UNITS[unit] for number, unit in parts)
    return _or_for_ever(-seconds if text.startswith("-") else seconds)


def _or_for_ever(seconds: float) -> float:
    return math.inf if seconds < 0 else seconds
