"""Bytes in, lines out, however they were chunked."""

from __future__ import annotations

LINE_LIMIT_BYTES = 65536
"""The rest of a longer line is dropped: no line may cost more than this."""


class LineCutter:
    """Cuts a stream of bytes at each newline."""

    def __init__(self, limit: int = LINE_LIMIT_BYTES) -> None:
        self._limit = limit
        self._rest = bytearray()

    def feed(self, chunk: bytes) -> list[bytes]:
        """The lines that `chunk` completes, each with its newline."""
        first, *others = chunk.split(b"\n")
        self._keep(first)
        lines = []
        for begun in others:
            lines.append(bytes(self._rest) + b"\n")
            self._rest.clear()
            self._keep(begun)
        return lines

    def end(self) -> list[bytes]:
        """The last line, if the stream ended in the middle of one; it has no newline."""
        last, self._rest = bytes(self._rest), bytearray()
        return [last] if last else []

    def _keep(self, piece: bytes) -> None:
        self._rest += piece[: self._limit - len(self._rest)]
