"""One TCP port of loopback, ours from the start to the end, whether anyone listens or not."""

from __future__ import annotations

import socket

HOST = "127.0.0.1"
_BACKLOG = 128


class Port:
    """A bound port. While no one listens, connecting is refused, yet no one else can take it."""

    def __init__(self) -> None:
        self._idle: socket.socket | None = _bound(0)
        self.number: int = self._idle.getsockname()[1]

    def listen(self) -> socket.socket:
        """The listening socket; whoever takes it closes it, then calls `rest`."""
        assert self._idle is not None, "someone listens already"
        listening, self._idle = self._idle, None
        listening.listen(_BACKLOG)
        return listening

    def rest(self) -> None:
        """After the listening socket was closed: keep the port, refuse connections."""
        if self._idle is None:
            self._idle = _bound(self.number)

    def close(self) -> None:
        """Give the port back."""
        if self._idle is not None:
            self._idle.close()
            self._idle = None


def _bound(number: int) -> socket.socket:
    """A socket bound to the port that does not listen: the kernel answers with a reset."""
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound.setblocking(False)
    bound.bind((HOST, number))
    return bound
