"""URLs as a configuration may give them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType
from urllib.parse import SplitResult, urlsplit

from hydra_tui.config.addresses import host_name
from hydra_tui.config.wrong_value import WrongValueError

_PORTS: Mapping[str, int] = MappingProxyType(
    {"http": 80, "https": 443, "redis": 6379, "rediss": 6379, "postgresql": 5432}
)
"""What a URL without a port means, by its scheme alone."""


def check_url(url: str, allowed: Collection[str]) -> None:
    """Raises `WrongValueError` unless `url` is SCHEME://HOST[:PORT][/PATH] with one of these schemes.

    The message never repeats what stands before an `@`: a password may be in it.
    """
    if "://" not in url:
        example = "HOST:PORT" if "@" in url else url.lstrip("/")
        raise WrongValueError("has no scheme", f"write `{next(iter(allowed))}://{example}`")
    parts = _split(url)
    if "@" in parts.netloc:
        raise WrongValueError("holds credentials", "move them to `user:` and `key:`")
    if parts.scheme not in allowed:
        shown = " or ".join(f"`{scheme}://`" for scheme in allowed)
        raise WrongValueError("has a scheme that cannot be used here", f"begin it with {shown}")
    host_name(parts.hostname or "")
    if port_of(parts) is None:
        raise WrongValueError("has no port", f"write `{parts.scheme}://HOST:PORT`")
    if parts.query or parts.fragment:
        raise WrongValueError("has a `?` or `#` part", "end it with the path")


def http_url(url: str) -> str:
    """`url` itself, when it is a usable `http://` one."""
    check_url(url, ("http",))
    return url


def web_url(url: str) -> str:
    """`url` itself, when it is a usable `http://` or `https://` one."""
    check_url(url, ("http", "https"))
    return url


def _split(url: str) -> SplitResult:
    """The parts, the port among them well-formed: `urlsplit` itself looks at it only when asked."""
    try:
        parts = urlsplit(url)
        usable = parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise WrongValueError("has no usable host or port", "a port is a number from 1 to 65535")
    return parts


def port_of(parts: SplitResult) -> int | None:
    """The port it names or its scheme implies; `None` for a scheme without a usual port."""
    return parts.port or _PORTS.get(parts.scheme)
