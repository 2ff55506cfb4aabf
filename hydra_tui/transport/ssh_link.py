"""One open SSH connection."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import asyncssh

from hydra_tui.core.errors import TargetError
from hydra_tui.transport.ssh_errors import lost, no_session
from hydra_tui.transport.ssh_patience import Patience
from hydra_tui.transport.ssh_session import Session
from hydra_tui.transport.time_limit import time_limit


class Link:
    """Starts commands, until it is closed or lost."""

    def __init__(self, connection: asyncssh.SSHClientConnection, place: str, patience: Patience) -> None:
        self._connection = connection
        self._place = place
        self._patience = patience
        self._dropped = False

    @property
    def closed(self) -> bool:
        """Whether it is closed or lost; then only a new one helps."""
        return self._dropped or self._connection.is_closed()

    async def start(self, script: str) -> Session:
        """Has the remote login shell run `script`.

        Raises `ServiceFailed` when the node opens no further session, `ConnectionLost`, `NoAnswer`.
        """
        opening = asyncio.ensure_future(self._open(script))
        try:
            async with time_limit(self._patience.channel_s, f"{self._place} did not start a command in time"):
                # asyncssh forgets a channel whose opening is cancelled; the node would not.
                return await asyncio.shield(opening)
        except BaseException:
            await self._abandon(opening)
            raise

    async def close(self) -> None:
        """Closes the sessions, then the connection."""
        self._dropped = True
        self._connection.close()
        with suppress(TimeoutError, OSError, asyncssh.Error):
            async with asyncio.timeout(self._patience.farewell_s):
                await self._connection.wait_closed()
        self._connection.abort()

    def abort(self) -> None:
        """Drops the connection and every command on it."""
        self._dropped = True
        self._connection.abort()

    async def _open(self, script: str) -> Session:
        try:
            # What the user's configuration says of terminals and commands is meant for the user's sessions.
            process = await self._connection.create_process(script, encoding=None, request_pty=False)
        except asyncssh.ChannelOpenError as error:
            raise (lost(self._place) if self.closed else no_session(error, self._place)) from error
        except (asyncssh.Error, OSError) as error:
            raise lost(self._place, error) from error
        return Session(process, self._place, self._patience)

    async def _abandon(self, opening: asyncio.Future[Session]) -> None:
        """Ends a session that nobody waits for any more, or else the connection."""
        gone = False
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._patience.farewell_s):
                    gone = await (await asyncio.shield(opening)).end()
        except TargetError:
            gone = True
        finally:
            if not gone:
                self.abort()
