"""What an address means once `~/.ssh/config`, the keys and the known hosts have been read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import asyncssh
from asyncssh.public_key import get_default_public_key_algs

from hydra_tui.core.errors import TargetError
from hydra_tui.core.text import inert
from hydra_tui.transport.place import place_of
from hydra_tui.transport.ssh_address import SshAddress
from hydra_tui.transport.ssh_credentials import key_arguments, what_is_tried
from hydra_tui.transport.ssh_jumps import jumps_of
from hydra_tui.transport.ssh_known_hosts import KnownHosts, load_known_hosts


@dataclass(frozen=True, slots=True)
class Settings:
    """One hop, ready to be connected."""

    address: SshAddress
    host: str
    """What is really connected to: `HostName`, or the host of the address."""
    port: int
    user: str
    known_as: str
    """The name under which its keys are looked up: `HostKeyAlias`, or the host."""
    known_hosts: KnownHosts
    jumps: tuple[SshAddress, ...]
    tried: str
    """The credentials, as an operator would name them."""
    arguments: dict[str, Any]
    """Of `asyncssh.connect`."""

    @property
    def place(self) -> str:
        """`host:port`, with the alias it was asked for by."""
        place = place_of(self.host, self.port)
        return place if self.address.host == self.host else f"{self.address.host} ({place})"


async def read_settings(address: SshAddress) -> Settings:
    """Raises `TargetError` when a file is missing or broken, or a key cannot be read."""
    arguments = _arguments(address)
    try:
        options = await asyncssh.SSHClientConnectionOptions.construct(**arguments)
    except (ValueError, OSError, asyncssh.Error) as error:
        raise _unusable(error, address) from error
    known_hosts = load_known_hosts(address, options.config)
    known_as = options.host_key_alias or options.host
    return Settings(
        address=address,
        host=options.host,
        port=options.port,
        user=options.username,
        known_as=known_as,
        known_hosts=known_hosts,
        jumps=jumps_of(str(options.tunnel or ""), address.config),
        tried=what_is_tried(address, options),
        arguments={
            **arguments,
            "known_hosts": known_hosts.lists,
            **_host_key_algorithms(known_hosts, known_as, options),
        },
    )


def _arguments(address: SshAddress) -> dict[str, Any]:
    """What is not given is left to the configuration. Nothing of ours is lent to a node: no agent, no X11."""
    given: dict[str, Any] = {
        "host": address.host,
        "config": [str(address.config.expanduser())] if address.config else (),
        "agent_forwarding": False,
        "x11_forwarding": False,
    }
    if address.port:
        given["port"] = address.port
    if address.user:
        given["username"] = address.user
    return {**given, **key_arguments(address.identity)}


def _host_key_algorithms(
    known: KnownHosts, name: str, options: asyncssh.SSHClientConnectionOptions
) -> dict[str, Any]:
    """The types of the keys we know first, so that a server with several shows one of those.

    asyncssh would accept no others, and call a changed type a failed key exchange.
    """
    on_record = known.match(name, "", options.port)
    if not on_record.trusted or on_record.authorities or options.config.get("HostKeyAlgorithms"):
        return {}
    preferred = [algorithm for key in on_record.trusted for algorithm in key.sig_algorithms]
    return {
        "server_host_key_algs": [
            algorithm.decode() for algorithm in dict.fromkeys([*preferred, *get_default_public_key_algs()])
        ]
    }


def _unusable(error: Exception, address: SshAddress) -> TargetError:
    if isinstance(error, asyncssh.ConfigParseError):
        return TargetError(f"the SSH configuration {inert(str(error))}")
    if isinstance(error, OSError) and error.filename:
        return TargetError(f"{error.filename}, needed to log in at {address.host}: {error.strerror}")
    key = f" with the key {address.identity}" if address.identity else ""
    return TargetError(f"SSH to {address.host}{key} is not set up right: {inert(str(error))}")
