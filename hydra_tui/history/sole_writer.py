"""Only one console records, however many are open on the same file."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path


class SoleWriter:
    """A claim to be the one who records. The kernel takes it back when the process ends, however it ends.

    It lies on a file beside the history: closing one of our own handles of the history itself
    would drop the locks that SQLite holds on it (sqlite.org/howtocorrupt.html, section 2.2).
    """

    def __init__(self, history: Path) -> None:
        self._path = history.with_name(f"{history.name}.lock")
        self._handle: int | None = None

    def claim(self) -> bool:
        """Whether it is ours: since before, or from now on. Never waits; raises `OSError`."""
        if self._handle is not None:
            return True
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return False
        except BaseException:
            os.close(handle)
            raise
        self._handle = handle
        return True

    def release(self) -> None:
        """The next one who asks may record."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
