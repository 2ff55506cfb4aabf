"""The host keys we know, read afresh for every login so that a mended file counts at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import asyncssh

from hydra_tui.core.errors import TargetError
from hydra_tui.core.text import inert
from hydra_tui.transport.ssh_address import SshAddress

USER_FILES = ("~/.ssh/known_hosts", "~/.ssh/known_hosts2")
SYSTEM_FILES = ("/etc/ssh/ssh_known_hosts", "/etc/ssh/ssh_known_hosts2")
"""Where OpenSSH looks unless told otherwise."""


Keys = tuple[asyncssh.SSHKey, ...]


class ConfigValues(Protocol):
    """A parsed ssh configuration."""

    def get(self, option: str, /) -> object: ...


@dataclass(frozen=True, slots=True)
class Known:
    """What is on record for one host."""

    hosts: Keys
    """Its own keys."""
    authorities: Keys
    """Keys that may vouch for it."""
    revoked: Keys

    @property
    def trusted(self) -> Keys:
        """Any of these would do."""
        return (*self.hosts, *self.authorities)


@dataclass(frozen=True, slots=True)
class KnownHosts:
    """The known_hosts files of one connection."""

    files: tuple[Path, ...]
    """Those that exist."""
    entries: asyncssh.SSHKnownHosts

    def match(self, name: str, address: str, port: int) -> Known:
        """What is on record for a host by its name or its IP address (which may be empty)."""
        return _match(self.entries, name, address, None if port == asyncssh.DEFAULT_PORT else port)

    def lists(self, name: str, address: str, port: int | None) -> tuple[Keys, Keys, Keys]:
        """As asyncssh wants it: the host's keys, those of authorities, the revoked ones."""
        known = _match(self.entries, name, address, port)
        return known.hosts, known.authorities, known.revoked

    def file_of(self, name: str, port: int) -> Path | None:
        """The file that names the host; `None` when none does."""
        alone = (KnownHosts((file,), _read([file])) for file in self.files)
        return next((one.files[0] for one in alone if one.match(name, "", port).trusted), None)


def load_known_hosts(address: SshAddress, config: ConfigValues) -> KnownHosts:
    """Reads the files. Raises `TargetError` when the one that was asked for is not there or is broken.

    `UserKnownHostsFile none` means none of the user's, as for OpenSSH; asyncssh alone would verify
    nothing at all.
    """
    if address.known_hosts:
        files: Sequence[Path] = [address.known_hosts.expanduser()]
        if not files[0].is_file():
            raise TargetError(f"the known_hosts file {files[0]} does not exist")
    else:
        files = _existing(
            [
                *_named(config.get("UserKnownHostsFile"), USER_FILES),
                *_named(config.get("GlobalKnownHostsFile"), SYSTEM_FILES),
            ]
        )
    return KnownHosts(tuple(files), _read(files))


def _named(value: object, default: Iterable[str]) -> Iterable[str]:
    """asyncssh gives a list of names, an empty one for `none`, and nothing where nothing is said."""
    return [str(name) for name in value] if isinstance(value, list) else default


def _existing(names: Iterable[str]) -> list[Path]:
    return [path for path in (Path(name).expanduser() for name in names) if path.is_file()]


def _read(files: Sequence[Path]) -> asyncssh.SSHKnownHosts:
    try:
        return asyncssh.read_known_hosts([str(file) for file in files])
    except (ValueError, OSError) as error:
        raise TargetError(f"{', '.join(map(str, files))} cannot be used: {inert(str(error))}") from error


def _match(entries: asyncssh.SSHKnownHosts, name: str, address: str, port: int | None) -> Known:
    """A port's entries, or those of the bare host where the port has none.

    asyncssh looks no further than that, and so would miss a port's entries that only revoke.
    """
    hosts, authorities, revoked = map(tuple, entries.match(name, address, port)[:3])
    entries_of_port = [f"[{one}]:{port}" for one in (name, address) if one and port]
    revoked_there = [key for entry in entries_of_port for key in entries.match(entry, "", None)[2]]
    return Known(hosts, authorities, (*revoked, *revoked_there))
