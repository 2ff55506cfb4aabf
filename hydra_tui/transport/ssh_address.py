"""Where a node is, as its operator would say it to `ssh`."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SshAddress:
    """What is given here beats `~/.ssh/config`; what is not given is taken from there."""

    host: str
    """A name, an IP address, or an alias of the configuration."""
    port: int | None = None
    user: str | None = None
    identity: Path | None = None
    """The one private key to log in with. Its `.pub`, beside it, lets an agent hold it instead."""
    known_hosts: Path | None = None
    """Instead of the files that the configuration names."""
    config: Path | None = None
    """Instead of `~/.ssh/config`."""

    @property
    def command(self) -> str:
        """What an operator types to log in to the same place."""
        options = [
            *(["-F", str(self.config)] if self.config else []),
            *(["-o", f"UserKnownHostsFile={self.known_hosts}"] if self.known_hosts else []),
            *(["-i", str(self.identity)] if self.identity else []),
            *(["-p", str(self.port)] if self.port else []),
        ]
        return shlex.join(["ssh", *options, f"{self.user}@{self.host}" if self.user else self.host])
