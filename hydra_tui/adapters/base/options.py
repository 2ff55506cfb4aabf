"""A site's options, checked where an adapter reads them."""

from __future__ import annotations

from hydra_tui.adapters.base.kind import Site
from hydra_tui.core.errors import ConfigError


def text_option(site: Site, name: str, default: str) -> str:
    """The text under `options.NAME`. Raises `ConfigError` when it is something else."""
    value = site.options.get(name, default)
    if isinstance(value, str):
        return value
    raise _wrong(site, name, "must be text")


def path_option(site: Site, name: str) -> str:
    """The path under `options.NAME`, `/` when it is not given. Raises `ConfigError` for a whole URL."""
    value = text_option(site, name, "/")
    if value.startswith("/"):
        return value
    raise _wrong(site, name, "must begin with /")


def whole_option(site: Site, name: str, lowest: int, highest: int) -> int | None:
    """The whole number under `options.NAME`, `None` when it is not given. Raises `ConfigError`."""
    value = site.options.get(name)
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool) and lowest <= value <= highest:
        return value
    raise _wrong(site, name, f"must be a whole number from {lowest} to {highest}")


def choice_option(site: Site, name: str, choices: tuple[str, ...]) -> str:
    """One of `choices` under `options.NAME`, the first one when it is not given. Raises `ConfigError`."""
    value = text_option(site, name, choices[0])
    if value in choices:
        return value
    raise _wrong(site, name, f"must be one of {', '.join(choices)}")


def _wrong(site: Site, name: str, demand: str) -> ConfigError:
    return ConfigError(f"service `{site.name}`: options.{name} {demand}")
