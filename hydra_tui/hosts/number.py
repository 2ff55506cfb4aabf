"""Numbers out of foreign text: what does not parse is no reading, never an exception, never 0."""

from __future__ import annotations

import re

_WHOLE = re.compile(r"[0-9]{1,20}")
_DECIMAL = re.compile(r"[0-9]{1,20}(?:\.[0-9]{1,20})?")


def whole(text: str) -> int | None:
    """A counter or a size: decimal digits and nothing else."""
    return int(text) if _WHOLE.fullmatch(text) else None


def decimal(text: str) -> float | None:
    """A measure that is not negative: digits with or without a fraction."""
    return float(text) if _DECIMAL.fullmatch(text) else None
