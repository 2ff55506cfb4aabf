"""Facts as a person reads them: the unit that ends a fact's name decides how its value looks."""

from __future__ import annotations

from collections.abc import Callable

from hydra_tui.core.quantity import Fact
from hydra_tui.present import units

_BY_UNIT: dict[str, Callable[[float], str]] = {
    "_bytes": lambda value: f"{units.gib(value, 0)} GiB" if value >= units.GIB / 10 else _mib(value),
    "_s": lambda value: units.span(value, 0),
    "_percent": lambda value: units.percent(value, 0),
    "_ms": lambda value: units.latency(value / 1000, 0),
}


def _mib(value: float) -> str:
    return f"{value / 2**20:.1f} MiB"


def label_of(fact: Fact) -> str:
    """How a screen calls it: without the unit, which stands behind the value."""
    if fact.label:
        return fact.label
    unit = next((unit for unit in _BY_UNIT if fact.name.endswith(unit)), "")
    return fact.name.removesuffix(unit).replace("_", " ")


def value_of(fact: Fact) -> str:
    """The value with its unit; a dash where there is none."""
    match fact.value:
        case None:
            return units.NOTHING
        case bool():
            return "yes" if fact.value else "no"
        case str():
            return fact.value
        case value:
            unit = next((unit for unit in _BY_UNIT if fact.name.endswith(unit)), None)
            return _BY_UNIT[unit](value) if unit else _number(value)


def _number(value: float) -> str:
    return f"{value:,}".replace(",", " ") if isinstance(value, int) else f"{value:.2f}"


def headline(fact: Fact) -> str:
    """The same where there is little room: a text stands for itself."""
    return fact.value if isinstance(fact.value, str) else fact_text(fact)


def fact_text(fact: Fact) -> str:
    """Value and label in one phrase: `2 loaded`, `1.2 GiB used`, `database none configured`."""
    match fact.value:
        case str():
            return f"{label_of(fact)} {fact.value}"
        case bool():
            return label_of(fact) if fact.value else f"no {label_of(fact)}"
        case _:
            return f"{value_of(fact)} {label_of(fact)}"
