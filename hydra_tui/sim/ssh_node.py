"""A simulated node: a real SSH server in front of a simulated host."""

from __future__ import annotations

import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress

import asyncssh

from hydra_tui.sim.faults import NODE_FAULTS, Fault
from hydra_tui.sim.host import Host
from hydra_tui.sim.port import Port
from hydra_tui.sim.relay import Relay
from hydra_tui.sim.ssh_keys import USER, new_key
from hydra_tui.sim.ssh_sessions import SLOW_S, Sessions

_LOGIN_S = 20.0


class _Login(asyncssh.SSHServer):
    """Lets our one user in, with our one key."""

    def __init__(self, user_key: asyncssh.SSHKey) -> None:
        self._user_key = user_key.convert_to_public()

    def public_key_auth_supported(self) -> bool:
        """Keys, and nothing else."""
        return True

    def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        """Whether this user may come in with this key."""
        return username == USER and key == self._user_key


class SshNode:
    """One node's SSH side: its port, its host key, its sessions. A target of faults."""

    role = "node"
    faults = NODE_FAULTS

    def __init__(self, host: Host, user_key: asyncssh.SSHKey) -> None:
        self.name = host.spec.name
        self.port = Port()
        self.host_key = new_key(self.name)
        """The key that is in the known_hosts file."""
        self.fault: Fault | None = None
        self._sessions = Sessions(host)
        self._user_key = user_key
        self._shown_key = self.host_key
        self._relay = Relay(self.port, self._serve)
        self._enter: dict[Fault, Callable[[], Awaitable[None]]] = {
            Fault.UNREACHABLE: self._relay.shut,
            Fault.CHANGED_HOST_KEY: self._change_key,
            Fault.HANG: self._freeze,
            Fault.SLOW: self._slow_down,
        }

    async def start(self) -> None:
        """Listen."""
        await self._relay.open()

    async def close(self) -> None:
        """Drop everyone, give the port back."""
        await self._relay.shut()
        self.port.close()

    async def set_fault(self, fault: Fault | None) -> None:
        """Fail this way from now on, and no other; `None` is well again."""
        await self._recover()
        self.fault = fault
        if fault is not None:
            await self._enter[fault]()

    async def _recover(self) -> None:
        self._sessions.late_s = 0.0
        self._relay.thaw()
        await self._relay.open()
        if self._shown_key is not self.host_key:
            self._shown_key = self.host_key
            await self._relay.drop()

    async def _change_key(self) -> None:
        self._shown_key = new_key(self.name)
        await self._relay.drop()

    async def _freeze(self) -> None:
        self._relay.freeze()

    async def _slow_down(self) -> None:
        self._sessions.late_s = SLOW_S

    async def _serve(self, connection: socket.socket) -> None:
        """One connection, until it ends."""
        with suppress(OSError, asyncssh.Error, TimeoutError):
            session = await asyncssh.run_server(
                connection,
                server_factory=lambda: _Login(self._user_key),
                server_host_keys=[self._shown_key],
                process_factory=self._sessions.serve,
                encoding="utf-8",
                allow_scp=False,
                agent_forwarding=False,
                login_timeout=_LOGIN_S,
            )
            try:
                await session.wait_closed()
            finally:
                session.abort()
