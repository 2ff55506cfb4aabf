"""The terminal at our end: a screen that reads as text, and the answers that programs ask for."""

from __future__ import annotations

import re

import pyte

ANSWERS = {
    b"\x1b[c": b"\x1b[?62;22c",
    b"\x1b[5n": b"\x1b[0n",
    b"\x1b[6n": b"\x1b[1;1R",
}
"""Query to reply (ECMA-48 DA and DSR). Mode and keyboard queries stay unanswered, as in a plain terminal."""

_BEYOND_PYTE = re.compile(rb"\x1b\[[<=>][0-9;:]*[a-zA-Z]|\x1b\[\?[0-9;]*[mu]")
"""Private sequences (kitty keyboard, XTMODKEYS) that pyte would print or stumble over; they draw nothing."""


def answers(output: bytes) -> bytes:
    """What a terminal writes back on seeing this output."""
    return b"".join(reply * output.count(query) for query, reply in ANSWERS.items())


class Terminal:
    """A screen of `columns` × `rows` cells, fed with a program's output."""

    def __init__(self, columns: int, rows: int) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)

    def feed(self, output: bytes) -> None:
        """Draw."""
        self._stream.feed(_BEYOND_PYTE.sub(b"", output))

    @property
    def text(self) -> str:
        """The screen's lines, without colour."""
        return "\n".join(self._screen.display)
