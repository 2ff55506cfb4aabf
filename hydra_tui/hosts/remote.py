"""A host at the other end of an SSH connection, sampled by one loop on one channel."""

from __future__ import annotations

from collections import deque
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from typing import Protocol

from hydra_tui.core.errors import CommandMissing, ConnectionLost, ServiceFailed, TargetError
from hydra_tui.core.host import HostCounters
from hydra_tui.core.text import inert
from hydra_tui.hosts.frames import FrameParser
from hydra_tui.hosts.script import MARK, sampling_command
from hydra_tui.transport.completed import Completed

_WORDS_KEPT = 3
"""Lines of a host that did not run the loop: its last ones say why."""

_NOT_FOUND = 127
"""How a shell says that there is no such program."""


class Lines(Protocol):
    """What a command that runs on a host prints. Both raise `ConnectionLost`."""

    async def readline(self) -> str:
        """The next line; empty once the command has ended."""
        ...

    async def outcome(self) -> Completed:
        """How it ended, with its last words on standard error."""
        ...


class LineSource(Protocol):
    """Whatever runs a command on a host: `transport.ssh.SshConnection`, or a test."""

    def stream(self, command: str) -> AbstractAsyncContextManager[Lines]:
        """The lines of a command that runs while the context is open. Entering raises `TargetError`."""
        ...


class RemoteHost:
    """The counters of a host behind SSH, a frame every `interval_s` seconds. The stream paces itself."""

    def __init__(self, connection: LineSource, interval_s: float) -> None:
        self._connection = connection
        self._command = sampling_command(interval_s)
        self._open = AsyncExitStack()
        self._lines: Lines | None = None
        self._parser = FrameParser()
        self._words: deque[str] = deque(maxlen=_WORDS_KEPT)
        self._sampled = False

    async def next(self) -> HostCounters:
        """The next frame. Raises `TargetError` when the stream cannot be opened, or ends."""
        try:
            return await self._next_frame(self._lines or await self._start())
        except BaseException:
            # Also after a cancellation: whoever gave up waiting wants a fresh stream, not a late frame.
            await self.close()
            raise

    async def close(self) -> None:
        """End the loop on the host; the connection itself belongs to whoever made it."""
        self._lines = None
        await self._open.aclose()

    async def _start(self) -> Lines:
        self._parser = FrameParser()
        self._words.clear()
        self._sampled = False
        self._lines = await self._open.enter_async_context(self._connection.stream(self._command))
        return self._lines

    async def _next_frame(self, lines: Lines) -> HostCounters:
        while line := await lines.readline():
            if counters := self._parser.feed(line):
                self._sampled = True
                return counters
            if not line.startswith(MARK):
                self._hear(line)
        raise self._ended(await lines.outcome())

    def _hear(self, line: str) -> None:
        if words := inert(line.strip(), 120):
            self._words.append(words)

    def _ended(self, outcome: Completed) -> TargetError:
        if self._sampled:
            return ConnectionLost("the sampling loop on this host ended")
        for line in outcome.stderr.splitlines():
            self._hear(line)
        words = " ".join(self._words) or f"it ended with status {outcome.exit_status}"
        kind = CommandMissing if outcome.exit_status == _NOT_FOUND else ServiceFailed
        return kind(f"this host does not run the sampling loop: {words}")
