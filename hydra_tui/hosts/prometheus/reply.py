"""What a metrics server answers to an instant query, as series that hold a number worth showing.

Prometheus' HTTP API: `{"status":"success","data":{"resultType":"vector","result":[…]}}`, a value being
`[seconds, "text"]`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hydra_tui.core.errors import MalformedReply
from hydra_tui.core.text import inert

MOST_SERIES = 300_000
"""What follows in a longer answer is not read."""

SENTINEL = 1e18
"""DCGM writes 9223372036854775794 and its like for what a board cannot tell."""


@dataclass(frozen=True, slots=True)
class Series:
    """One number of one exporter."""

    at: float
    """When it was asked for, by the server's clock: not when it was measured."""
    value: float
    """Finite and not negative."""
    labels: Mapping[str, str]
    """As they came: whoever shows one makes it inert."""

    def label(self, name: str) -> str:
        """The inert label; empty where there is none."""
        return inert(self.labels.get(name, ""), 200)


def series_of(reply: Any) -> list[Series]:
    """The series of a reply, without those that say NaN, an infinity, a sentinel or nothing of sense.

    Raises `MalformedReply` when it is not the answer to an instant query.
    """
    data = reply.get("data") if isinstance(reply, dict) else None
    found = data.get("result") if isinstance(data, dict) else None
    if not isinstance(data, dict) or data.get("resultType") != "vector" or not isinstance(found, list):
        raise MalformedReply("answers, but not like Prometheus: no vector of series")
    return list(_usable(found[:MOST_SERIES]))


def _usable(found: list[Any]) -> Iterator[Series]:
    for each in found:
        match each:
            case {"metric": dict(labels), "value": [int() | float() as at, str(text)]}:
                value = _number(text)
                if value is not None and _are_texts(labels):
                    yield Series(float(at), value, labels)


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) and 0.0 <= value < SENTINEL else None


def _are_texts(labels: dict[Any, Any]) -> bool:
    return all(isinstance(value, str) for value in labels.values())
