"""One remote command on an open connection."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import asyncssh

from hydra_tui.transport.bounded import CHUNK_BYTES, read_both
from hydra_tui.transport.completed import Completed
from hydra_tui.transport.ssh_errors import lost
from hydra_tui.transport.ssh_patience import Patience

LAST_WORDS_BYTES = 4096


class Session:
    """A command that was started, until it is told to `end`.

    Everything here raises `ConnectionLost` when the connection goes first.
    """

    def __init__(self, process: asyncssh.SSHClientProcess[bytes], place: str, patience: Patience) -> None:
        self._process = process
        self._place = place
        self._patience = patience

    async def complete(self, limit: int) -> Completed:
        """What it wrote and how it ended. Raises `ReplyTooLarge` past `limit` bytes of either output."""
        with self._losses():
            stdout, stderr = await read_both(
                self._process.stdout, self._process.stderr, limit, f"the command on {self._place}"
            )
        return Completed(
            await self.exit_status(), stdout.decode(errors="replace"), stderr.decode(errors="replace")
        )

    async def read(self) -> bytes:
        """The next bytes of its output; none once it has ended by itself."""
        with self._losses():
            chunk = await self._process.stdout.read(CHUNK_BYTES)
        if not chunk:
            await self.exit_status()
        return chunk

    async def last_words(self) -> bytes:
        """The end of what it writes to stderr, which is read until then: unread, it would stall the rest."""
        words = b""
        with suppress(asyncssh.Error, OSError):
            while chunk := await self._process.stderr.read(CHUNK_BYTES):
                words = (words + chunk)[-LAST_WORDS_BYTES:]
        return words

    async def exit_status(self) -> int:
        """Waits for its end. asyncssh raises nothing for a lost connection here: there just is no status."""
        await self._process.wait_closed()
        status = self._process.returncode
        if status is None:
            raise lost(self._place)
        return status

    async def end(self) -> bool:
        """Tells it to go; whether it has gone in time. If not, only the connection's end frees its slot."""
        self._process.close()
        with suppress(TimeoutError):
            async with asyncio.timeout(self._patience.farewell_s):
                await self._process.wait_closed()
                return True
        return False

    @contextmanager
    def _losses(self) -> Iterator[None]:
        try:
            yield
        except (asyncssh.Error, OSError) as error:
            raise lost(self._place, error) from error
