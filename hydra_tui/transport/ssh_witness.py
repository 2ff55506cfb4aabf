"""What asyncssh tells during a login, and forgets to put into its exceptions."""

from __future__ import annotations

import asyncssh


class Witness(asyncssh.SSHClient):
    """The client of one login attempt."""

    def __init__(self) -> None:
        self.reached = False
        """Whether there was a transport to speak over."""
        self.offered: asyncssh.SSHKey | None = None
        """The host's key, or that of the authority that vouches for it, which we do not trust."""
        self.peer = ""
        """The IP address that offered it; empty behind a hop."""

    def connection_made(self, conn: asyncssh.SSHClientConnection) -> None:
        self.reached = True

    def validate_host_public_key(self, host: str, addr: str, port: int, key: asyncssh.SSHKey) -> bool:
        self.offered, self.peer = key, addr
        return False

    def validate_host_ca_key(self, host: str, addr: str, port: int, key: asyncssh.SSHKey) -> bool:
        self.offered, self.peer = key, addr
        return False
