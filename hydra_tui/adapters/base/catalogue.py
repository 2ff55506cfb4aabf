"""Every kind there is: found by file name and by entry point, imported when asked for."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib.metadata import EntryPoint, entry_points

from hydra_tui import adapters
from hydra_tui.adapters.base.kind import Kind
from hydra_tui.core.errors import ConfigError
from hydra_tui.core.nearest import did_you_mean

GROUP = "hydra_tui.adapters"
"""A stranger's package names its kinds here: `mykind = "package.module:KIND"`."""


def _in_tree() -> dict[str, EntryPoint]:
    """Our own adapters, through the same door as a stranger's."""
    return {
        module.name: EntryPoint(module.name, f"{adapters.__name__}.{module.name}:KIND", GROUP)
        for module in pkgutil.iter_modules(adapters.__path__)
        if not module.ispkg
    }


@cache
def _doors() -> dict[str, EntryPoint]:
    strangers = {entry.name: entry for entry in entry_points(group=GROUP)}
    return dict(sorted({**strangers, **_in_tree()}.items()))


def names() -> tuple[str, ...]:
    """The names of all kinds, none of them imported."""
    return tuple(_doors())


@cache
def load(name: str) -> Kind:
    """The kind of that name. Raises `ConfigError` when there is none, or when its package is broken."""
    door = _doors().get(name)
    if door is None:
        raise ConfigError(f"unknown kind `{name}`{did_you_mean(name, names())}")
    try:
        kind = door.load()
    except (ImportError, AttributeError) as error:
        raise ConfigError(f"kind `{name}`: `{door.value}` cannot be imported: {error}") from error
    if not isinstance(kind, Kind):
        raise ConfigError(f"kind `{name}`: `{door.value}` is not a hydra_tui Kind")
    return kind
