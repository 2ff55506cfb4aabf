"""What a command left behind when it ended, here or on a node."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Completed:
    """A command that ended by itself. Bytes that are not UTF-8 stand as U+FFFD in its texts."""

    exit_status: int
    """0 to 255; 126 and 127 are the shell's own. A signal is negative, as in `subprocess`."""
    stdout: str
    stderr: str
