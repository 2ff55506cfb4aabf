"""Logging in, through as many hops as the configuration says, each verified by the same rules.

asyncssh would open the hops itself, but without our time limits, and without verifying them
where the configuration says `UserKnownHostsFile none`.
"""

from __future__ import annotations

import asyncio

import asyncssh

from hydra_tui.core.errors import NoAnswer, TargetError
from hydra_tui.transport.ssh_address import SshAddress
from hydra_tui.transport.ssh_errors import login_failed
from hydra_tui.transport.ssh_link import Link
from hydra_tui.transport.ssh_patience import Patience
from hydra_tui.transport.ssh_settings import Settings, read_settings
from hydra_tui.transport.ssh_witness import Witness

MOST_HOPS = 8
"""More are a configuration that sends a host through itself."""

Hop = asyncssh.SSHClientConnection | None


async def log_in(address: SshAddress, patience: Patience) -> Link:
    """An open connection. Raises `TargetError` after at most `patience.login_s` seconds."""
    return await _Login(patience).reach(address)


class _Login:
    """One attempt, with one time limit over all of its hops."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._deadline = asyncio.get_running_loop().time() + patience.login_s
        self._hops = 0

    async def reach(self, address: SshAddress) -> Link:
        settings, connection = await self._reach(address, None)
        return Link(connection, settings.place, self._patience)

    async def _reach(self, address: SshAddress, via: Hop) -> tuple[Settings, asyncssh.SSHClientConnection]:
        """Connects to `address` through `via`, which then lives and ends with the new connection."""
        try:
            settings = await self._read(address)
            for jump in () if via else settings.jumps:
                via = (await self._reach(jump, via))[1]
            return settings, await self._connect(settings, via)
        except BaseException:
            if via:
                via.abort()
            raise

    async def _read(self, address: SshAddress) -> Settings:
        self._hops += 1
        if self._hops > MOST_HOPS:
            raise TargetError(f"ProxyJump leads in circles, through {address.host} again")
        try:
            async with asyncio.timeout_at(self._deadline):
                return await read_settings(address)
        except TimeoutError as error:
            raise NoAnswer(f"reading the SSH configuration of {address.host} did not end in time") from error

    async def _connect(self, settings: Settings, via: Hop) -> asyncssh.SSHClientConnection:
        witness = Witness()
        try:
            async with asyncio.timeout_at(self._deadline):
                connection = await asyncssh.connect(
                    **settings.arguments,
                    tunnel=via,
                    client_factory=lambda: witness,
                    connect_timeout=None,
                    login_timeout=self._patience.login_s,
                    keepalive_interval=self._patience.keepalive_s,
                    keepalive_count_max=self._patience.keepalive_count,
                )
        except (asyncssh.Error, OSError, ValueError) as error:
            raise login_failed(error, settings, witness) from error
        if via:
            connection.set_tunnel(via)
        return connection
