"""A program in a pseudo-terminal that is always drained: what it shows, when, and in how many bytes."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Self

from benchmarks.terminal import Terminal, answers

READ_BYTES = 65_536
BACKLOG = 64
"""Chunks that may wait to be drawn before drawing takes precedence over reading."""
QUIET_S = 0.03
"""Output has settled when nothing came for this long."""
TAIL_BYTES = 4096
GRACE_S = 3.0
"""From SIGTERM to SIGKILL."""


class PtySession:
    """A running program; times are seconds since its spawn. A context manager: leaving ends it."""

    def __init__(self, argv: Sequence[str], env: Mapping[str, str], columns: int, rows: int) -> None:
        self.bytes_read = 0
        self.ended = False
        """The program closed its end of the terminal."""
        self.tail = b""
        """The last bytes that came: how a program takes its leave."""
        self._terminal = Terminal(columns, rows)
        self._undrawn: deque[tuple[float, bytes]] = deque()
        self._drawn_until = 0.0
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self._spawned = time.perf_counter()
        self._process = subprocess.Popen(
            argv, stdin=slave, stdout=slave, stderr=slave, env=dict(env), start_new_session=True
        )
        os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def pid(self) -> int:
        """The program's process."""
        return self._process.pid

    @property
    def screen(self) -> str:
        """What is shown now, as lines of text."""
        self._draw_all()
        return self._terminal.text

    def elapsed(self) -> float:
        """Seconds since the spawn."""
        return time.perf_counter() - self._spawned

    def read(self, timeout: float) -> bool:
        """Take what comes within `timeout` seconds and answer its queries; false when nothing came."""
        if self.ended or not select.select([self._master], [], [], timeout)[0]:
            return False
        try:
            output = os.read(self._master, READ_BYTES)
        except OSError:  # EIO is how Linux says that the last program left the terminal
            self.ended = True
            return False
        self._undrawn.append((self.elapsed(), output))
        self.bytes_read += len(output)
        self.tail = (self.tail + output)[-TAIL_BYTES:]
        if reply := answers(output):
            os.write(self._master, reply)
        return True

    def wait_for(self, shown: Callable[[str], bool], timeout: float) -> float:
        """Seconds from the spawn to the output since which `shown(screen)`; `TimeoutError` has the screen."""
        if shown(self._terminal.text):
            return self._drawn_until
        while self._draw_when_quiet(timeout):
            if shown(self._terminal.text):
                return self._drawn_until
        raise TimeoutError(f"not shown within {timeout:.0f} s; the screen:\n{self.screen}")

    def settle(self, quiet: float = QUIET_S, timeout: float = 2.0) -> None:
        """Drain until nothing came for `quiet` seconds, for at most `timeout` seconds."""
        until = self.elapsed() + timeout
        while self.elapsed() < until and self.read(quiet):
            pass
        self._draw_all()

    def drain(self, seconds: float) -> int:
        """Drain for so many seconds; the bytes that came."""
        before, until = self.bytes_read, self.elapsed() + seconds
        while (left := until - self.elapsed()) > 0 and not self.ended:
            self.read(left)
        self._draw_all()
        return self.bytes_read - before

    def press(self, key: str, timeout: float = 1.0) -> float | None:
        """Seconds from the key to the first bytes that come back; none when none came within `timeout`."""
        self.settle()
        asked = self.elapsed()
        os.write(self._master, key.encode())
        return self.elapsed() - asked if self.read(timeout) else None

    def exit_status(self, timeout: float) -> int:
        """Drain until the program ends by itself; `subprocess.TimeoutExpired` when it does not."""
        until = self.elapsed() + timeout
        while not self.ended and self.elapsed() < until:
            self.read(0.05)
        return self._process.wait(max(0.1, until - self.elapsed()))

    def close(self) -> None:
        """End the program by its id: politely, then surely."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            until = self.elapsed() + GRACE_S
            while self._process.poll() is None and self.elapsed() < until:
                self.read(0.01)
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        os.close(self._master)

    def _draw_when_quiet(self, timeout: float) -> bool:
        """Draw one output; false when none came. Reading goes first: drawing is slow and delays clocks."""
        while self.elapsed() < timeout:
            if len(self._undrawn) < BACKLOG and self.read(0 if self._undrawn else 0.01):
                continue
            if self._undrawn:
                self._draw_next()
                return True
            if self.ended:
                break
        return False

    def _draw_next(self) -> None:
        self._drawn_until, output = self._undrawn.popleft()
        self._terminal.feed(output)

    def _draw_all(self) -> None:
        while self._undrawn:
            self._draw_next()
