"""What the configuration must know of a kind of service, without knowing its adapter."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KindNames:
    """The words that a kind allows. The caller of `load` makes these from its catalogue."""

    scheme: str
    """How its URLs begin: `http`, `redis`, `postgresql`, `tcp`."""
    default_port: int | None
    """Used when a service gives a node and no port."""
    options: frozenset[str]
    """The keys it takes under `options`."""
