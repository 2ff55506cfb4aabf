"""The hops of `ProxyJump`."""

from __future__ import annotations

from pathlib import Path

from hydra_tui.core.errors import TargetError
from hydra_tui.core.text import inert
from hydra_tui.transport.ssh_address import SshAddress


def jumps_of(text: str, config: Path | None) -> tuple[SshAddress, ...]:
    """The hops of `[user@]host[:port],…` in order, each to be resolved by the same configuration."""
    return tuple(_jump(part.strip(), config) for part in text.split(",") if part.strip())


def _jump(text: str, config: Path | None) -> SshAddress:
    user, _, place = text.removeprefix("ssh://").rpartition("@")
    host, port = _split_port(place)
    if not host or (port and not port.isdecimal()):
        raise TargetError(f"ProxyJump {inert(text)} is not of the form user@host:port")
    return SshAddress(host, int(port) if port else None, user or None, config=config)


def _split_port(place: str) -> tuple[str, str]:
    if place.startswith("["):
        host, _, rest = place[1:].partition("]")
        return host, rest.removeprefix(":")
    if place.count(":") > 1:
        return place, ""
    host, _, port = place.partition(":")
    return host, port
