"""Keys of the simulated nodes and of the user who may log in, made afresh for every run."""

from __future__ import annotations

import asyncssh

from hydra_tui.sim.port import HOST

USER = "hydra"


def new_key(comment: str) -> asyncssh.SSHKey:
    """An ed25519 key pair."""
    return asyncssh.generate_private_key("ssh-ed25519", comment=comment)


def known_hosts_line(port: int, key: asyncssh.SSHKey) -> str:
    """The line that makes a host known on its port."""
    algorithm, data, *_ = key.export_public_key("openssh").decode().split()
    return f"[{HOST}]:{port} {algorithm} {data}\n"
