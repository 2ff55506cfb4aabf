"""One SSH connection per node, opened on demand and again after it was lost.

Importing this is free of asyncssh (0.7 s), which the first login imports in a thread.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from hydra_tui.core.errors import ConnectionLost, ServiceFailed
from hydra_tui.core.text import inert
from hydra_tui.transport.bounded import OUTPUT_LIMIT_BYTES
from hydra_tui.transport.completed import Completed
from hydra_tui.transport.ssh_address import SshAddress
from hydra_tui.transport.ssh_patience import Patience
from hydra_tui.transport.ssh_stream import LineStream
from hydra_tui.transport.ssh_tie import tied
from hydra_tui.transport.time_limit import time_limit

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from hydra_tui.transport.ssh_link import Link
    from hydra_tui.transport.ssh_session import Session

__all__ = ["LineStream", "Patience", "SshAddress", "SshConnection"]

SESSIONS = 8
"""At once. sshd allows 10, and frees one a little after we have seen it end."""

RETRY_S = 0.05
LOGIN_CANCEL_S = 1.0


class SshConnection:
    """Commands on one node. Callers that need it at once share one login, and its failure."""

    def __init__(self, address: SshAddress, patience: Patience | None = None) -> None:
        self._address = address
        self._patience = patience or Patience()
        self._slots = asyncio.Semaphore(SESSIONS)
        self._login: asyncio.Future[Link] | None = None
        self._link: Link | None = None

    @property
    def connected(self) -> bool:
        """Whether there is a connection that, as far as we know, lives."""
        return self._link is not None and not self._link.closed

    async def run(self, command: str, *, timeout_s: float, limit: int = OUTPUT_LIMIT_BYTES) -> Completed:
        """Runs a line of POSIX shell until it ends by itself; whatever its exit status, it completed.

        Raises the login's errors, `ConnectionLost`, `ServiceFailed` when the node opens no session,
        `NoAnswer` past `timeout_s` (a login has a limit of its own) and `ReplyTooLarge` past `limit`
        bytes of either output. In all of these cases, and when cancelled, the command is ended.
        """
        await self._linked()
        late = f"`{inert(command, 60)}` on {self._address.host} took longer than {timeout_s:g} s"
        script = tied(command, timeout_s)
        async with time_limit(timeout_s, late), self._session(script, wait_s=timeout_s) as session:
            return await session.complete(limit)

    @asynccontextmanager
    async def stream(self, command: str) -> AsyncIterator[LineStream]:
        """The lines of a line of POSIX shell, which is ended with the block. Raises like `run`."""
        async with self._session(tied(command), wait_s=self._patience.channel_s) as session:
            lines = LineStream(session)
            try:
                yield lines
            finally:
                lines.stop()

    async def close(self) -> None:
        """Ends the commands and the connection, within 3 s; a later call opens a new one."""
        if self._login:
            self._login.cancel()
            await asyncio.wait([self._login], timeout=LOGIN_CANCEL_S)
        link, self._link = self._link, None
        if link:
            await link.close()

    @asynccontextmanager
    async def _session(self, script: str, wait_s: float) -> AsyncIterator[Session]:
        busy = f"{SESSIONS} commands already run on {self._address.host}"
        async with time_limit(wait_s, busy):
            await self._slots.acquire()
        try:
            link, session = await self._start(script)
            try:
                yield session
            finally:
                if not await session.end():
                    link.abort()
        finally:
            self._slots.release()

    async def _start(self, script: str) -> tuple[Link, Session]:
        link = await self._linked()
        try:
            return link, await link.start(script)
        except (ConnectionLost, ServiceFailed):
            # A slot may be about to be freed; a dead connection shows itself by being used.
            await asyncio.sleep(RETRY_S)
        link = await self._linked()
        return link, await link.start(script)

    async def _linked(self) -> Link:
        if self._link and self.connected:
            return self._link
        if self._login is None:
            self._login = asyncio.ensure_future(self._log_in())
            self._login.add_done_callback(self._logged_in)
        # Whoever stops waiting does not stop the login for the others.
        return await asyncio.shield(self._login)

    async def _log_in(self) -> Link:
        log_in = await asyncio.to_thread(_load_log_in)
        return await log_in(self._address, self._patience)

    def _logged_in(self, login: asyncio.Future[Link]) -> None:
        self._login = None
        if not login.cancelled() and login.exception() is None:
            self._link = login.result()


def _load_log_in() -> Callable[[SshAddress, Patience], Awaitable[Link]]:
    from hydra_tui.transport.ssh_login import log_in

    return log_in
