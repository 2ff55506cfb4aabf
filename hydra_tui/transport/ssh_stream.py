"""The lines of a remote command that runs until it is told to end."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING

from hydra_tui.transport.completed import Completed
from hydra_tui.transport.line_cutter import LineCutter

if TYPE_CHECKING:
    from hydra_tui.transport.ssh_session import Session


class LineStream:
    """Read it steadily: what is not read stops the command at its next write."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._cutter = LineCutter()
        self._ready: deque[bytes] = deque()
        self._ended = False
        self._last_words = asyncio.ensure_future(session.last_words())

    async def readline(self) -> str:
        """The next line with its newline, at most 64 KiB of it; empty once the command has ended.

        Bytes that are not UTF-8 become U+FFFD. Raises `ConnectionLost`.
        """
        while not self._ready and not self._ended:
            chunk = await self._session.read()
            self._ended = not chunk
            self._ready.extend(self._cutter.feed(chunk) if chunk else self._cutter.end())
        return self._ready.popleft().decode(errors="replace") if self._ready else ""

    async def outcome(self) -> Completed:
        """Waits until the command ends by itself; how it did, with the last 4 KiB of its stderr."""
        status = await self._session.exit_status()
        return Completed(status, "", (await self._last_words).decode(errors="replace"))

    def stop(self) -> None:
        """Stops listening; the session is its owner's to end."""
        self._last_words.cancel()
