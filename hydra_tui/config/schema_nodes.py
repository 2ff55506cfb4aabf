"""What may stand under `nodes:`."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator

from hydra_tui.config.addresses import ssh_destination
from hydra_tui.config.field_types import Host, Interval, Line, LocalPath, Name, Port, Switch, ToldAs
from hydra_tui.config.section import Section


class SshConfig(Section):
    """How a node is reached. What is left out comes from `~/.ssh/config`."""

    host: Host
    """An alias of `~/.ssh/config`, a name or an IP address."""
    port: Port | None = None
    """1 to 65535."""
    user: Line | None = None
    """The login name there."""
    identity: LocalPath | None = None
    """The private key to offer; else the configuration's, the agent's and the usual files."""
    known_hosts: LocalPath | None = None
    """Where the host's key is looked up. It cannot be switched off."""
    config: LocalPath | None = None
    """Read instead of `~/.ssh/config`."""


def _destination(value: Any) -> Any:
    return value if isinstance(value, SshConfig) else ssh_destination(value)


SshDestination = Annotated[SshConfig, BeforeValidator(_destination, json_schema_input_type=str | SshConfig)]
"""An `SshConfig`, or one line that stands for it."""


class NodeConfig(Section):
    """A machine to watch: exactly one of `ssh`, `local` and `metrics`."""

    name: Name
    """Unique over nodes and services."""
    ssh: SshDestination | None = None
    """An alias, `user@host:port`, or a mapping."""
    local: Switch = False
    """This machine, without SSH."""
    metrics: ToldAs = False
    """Told of by the metrics server: `true`, or what its label says where that is not the node's name."""
    address: Host | None = None
    """The name or IP address that services' URLs use; else the SSH host, else the node's name."""
    interval: Interval = 2.0
    """Between the starts of two looks; nodes told of by `metrics` share the one there."""

    @property
    def host(self) -> str:
        """Where services of this node are found when they give a port and no URL."""
        if self.address:
            return self.address
        if self.ssh:
            return self.ssh.host
        return self.name if self.metrics else "127.0.0.1"
