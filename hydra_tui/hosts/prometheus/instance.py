"""Which node a series is about."""

from __future__ import annotations

import re
from collections.abc import Iterable

_WITH_PORT = re.compile(r"(?:\[(?P<ip>[^\[\]]+)\]|(?P<name>[^:]+)):[0-9]{1,5}")


def spellings(instance: str) -> tuple[str, ...]:
    """How a configuration may name this instance: as it stands, or without its port.

    The exporters of one host differ in nothing but their port.

    >>> spellings("hydra-ai:9100")
    ('hydra-ai:9100', 'hydra-ai')
    """
    found = _WITH_PORT.fullmatch(instance)
    return (instance, found["ip"] or found["name"]) if found else (instance,)


def hosts(instances: Iterable[str]) -> list[str]:
    """The instances without their ports, each once, sorted: what to offer to whoever misspelt one."""
    return sorted({spellings(instance)[-1] for instance in instances})
