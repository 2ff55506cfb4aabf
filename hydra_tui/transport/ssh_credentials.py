"""The keys we log in with, and how messages name them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import asyncssh

from hydra_tui.core.errors import TargetError
from hydra_tui.transport.ssh_address import SshAddress


def key_arguments(identity: Path | None) -> dict[str, Any]:
    """Of `asyncssh.connect`: a key that is named is the only one, for sshd hangs up after six.

    Without one, those of the configuration, of `~/.ssh` and of the agent are tried.
    """
    if identity is None:
        return {}
    key = identity.expanduser()
    public = key.with_name(f"{key.name}.pub")
    # A key with a passphrase is passed over: the agent may hold it, and is asked for its public half.
    only = {"client_keys": [str(key)], "ignore_encrypted": True}
    if not public.is_file():
        return {**only, "agent_path": None}
    return {**only, "agent_identities": [str(public)]}


def what_is_tried(address: SshAddress, options: asyncssh.SSHClientConnectionOptions) -> str:
    """The credentials that asyncssh found, in words. Raises `TargetError` for a key that nothing unlocks."""
    if address.identity and not options.client_keys and not options.agent_path:
        raise TargetError(
            f"the key {address.identity} has a passphrase and no agent to hold it:"
            f" run `ssh-add {address.identity}` and keep its .pub file beside it"
        )
    found = [_keys(address, options), "the keys of the agent" if options.agent_path else ""]
    return " and ".join(filter(None, found)) or "no key: there is none in ~/.ssh, and no agent runs"


def _keys(address: SshAddress, options: asyncssh.SSHClientConnectionOptions) -> str:
    named = [address.identity] if address.identity else options.config.get("IdentityFile")
    if isinstance(named, list) and named:
        locked = "" if options.client_keys else " (which has a passphrase: see ssh-add)"
        return f"the key {', '.join(map(str, named))}{locked}"
    return f"{len(options.client_keys)} key(s) of ~/.ssh" if options.client_keys else ""
