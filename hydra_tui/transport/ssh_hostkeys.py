"""A host key we do not take: unknown, changed or revoked, with the way out.

asyncssh has one exception for all three.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from pathlib import Path

import asyncssh

from hydra_tui.core.errors import HostKeyChanged, HostKeyRefused, HostKeyRevoked, HostKeyUnknown
from hydra_tui.core.text import inert
from hydra_tui.transport.ssh_settings import Settings
from hydra_tui.transport.ssh_witness import Witness


def refused(error: asyncssh.HostKeyNotVerifiable, settings: Settings, witness: Witness) -> HostKeyRefused:
    """Our error for a host whose key asyncssh did not take."""
    known = settings.known_hosts.match(settings.known_as, witness.peer, settings.port)
    if "revoked" in str(error) or witness.offered in known.revoked:
        keys = [witness.offered] if witness.offered else known.revoked
        return HostKeyRevoked(
            f"the host key of {settings.place} is revoked in known_hosts ({_named(keys)}):"
            " whoever answers there holds a key that was given up. Do not log in"
        )
    if witness.offered is None:
        return HostKeyRefused(f"the host key of {settings.place} was not accepted: {inert(str(error))}")
    if known.trusted:
        return HostKeyChanged(
            f"the host key of {settings.place} HAS CHANGED: it offers {_named([witness.offered])}, known is"
            f" {_named(known.trusted)}. Unless the host was installed anew, someone may be in between."
            f" If it was: `{_forget(settings)}`, then log in once with `{settings.address.command}`"
        )
    return HostKeyUnknown(
        f"the host key of {settings.place} is unknown: it offers {_named([witness.offered])}."
        f" If that is the right one, accept it by logging in once with `{settings.address.command}`"
    )


def _named(keys: Iterable[asyncssh.SSHKey]) -> str:
    return ", ".join(dict.fromkeys(f"{key.get_algorithm()} {key.get_fingerprint()}" for key in keys))


def _forget(settings: Settings) -> str:
    name, port = settings.known_as, settings.port
    entry = name if port == asyncssh.DEFAULT_PORT else f"[{name}]:{port}"
    holder = settings.known_hosts.file_of(name, port)
    usual = holder in (None, Path("~/.ssh/known_hosts").expanduser())
    return shlex.join(["ssh-keygen", *([] if usual else ["-f", str(holder)]), "-R", entry])
