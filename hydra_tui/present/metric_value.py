"""A number by what its name says of its unit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from hydra_tui.present import units

CELLS = 10


def _gib(value: float) -> str:
    return f"{units.gib(value)} GiB"


def _plain(value: float) -> str:
    return units.number(value, 5, 2)


_BY_SUFFIX: Mapping[str, Callable[[float], str]] = MappingProxyType(
    {
        "_percent": units.percent,
        "_bytes_per_s": units.rate,
        "_bytes": _gib,
        "_c": units.celsius,
        "_w": units.watts,
        "_mhz": lambda value: f"{value:.0f} MHz",
        "_s": units.latency,
    }
)
"""The first that the name ends in counts."""


def metric_value(metric: str, value: float) -> str:
    """` 87 %`, ` 26.1 GiB`, `  12 ms`: at most `CELLS` cells, right-aligned."""
    shown = next((show for suffix, show in _BY_SUFFIX.items() if metric.endswith(suffix)), _plain)
    return shown(value).rjust(CELLS)


def full_height(metric: str, values: list[float]) -> float:
    """What the top of a chart stands for: 100 % where that is the most there can be, else the highest."""
    return 100.0 if metric.endswith("_percent") else max(values, default=1.0)
