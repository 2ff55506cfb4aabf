"""Numbers that say where they come from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Origin(StrEnum):
    """Who says so. Shown beside the number, always."""

    MEASURED = "measured"
    """A driver, a kernel, our own clock."""
    CLAIMED = "claimed"
    """A service or the configuration says so."""
    ESTIMATED = "estimated"
    """A formula."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of bytes and its origin."""

    value: int
    origin: Origin


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing a service says of itself that an operator wants to know.

    `name` is snake_case and ends in its unit where it has one (`queue_requests`, `memory_bytes`),
    because it becomes a JSON key as it stands.
    """

    name: str
    value: str | int | float | bool | None
    label: str = ""
    """How a screen calls it; the name with spaces when empty."""
    bad: bool = False
    """It is the reason that the service is degraded."""
    origin: Origin = Origin.CLAIMED
