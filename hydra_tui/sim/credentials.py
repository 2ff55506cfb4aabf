"""The secrets of one run: made afresh, kept in a private directory, forgotten with it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

import asyncssh

from hydra_tui.sim.ssh_keys import new_key
from hydra_tui.sim.tabby_auth import Keys


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who may do what in this run."""

    user_key: asyncssh.SSHKey = field(repr=False)
    """Opens every node."""
    tabby: Keys = field(repr=False)
    litellm_master: str = field(repr=False)
    control_token: str = field(repr=False)


def make() -> Credentials:
    """New ones."""
    return Credentials(
        user_key=new_key("hydra-tui simulation"),
        tabby=Keys(api=secrets.token_hex(16), admin=secrets.token_hex(16)),
        litellm_master=f"sk-{secrets.token_hex(16)}",
        control_token=secrets.token_hex(24),
    )
