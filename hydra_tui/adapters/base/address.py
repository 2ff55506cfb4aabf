"""Where a site listens, for the kinds that are not HTTP."""

from __future__ import annotations

from urllib.parse import urlsplit

from hydra_tui.adapters.base.kind import Site
from hydra_tui.core.errors import ConfigError


def address(site: Site) -> tuple[str, int]:
    """(host, port) of the site's URL. Raises `ConfigError` when one of them is not there."""
    try:
        parts = urlsplit(site.url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise ConfigError(f"service `{site.name}`: `{site.url}` is no address: {error}") from error
    if not host or not port:
        raise ConfigError(f"service `{site.name}`: `{site.url}` needs a host and a port")
    return host, port
