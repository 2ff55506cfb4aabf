"""What SQLite and the system under it complain of, in an operator's words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

from hydra_tui.core.errors import HistoryError

PRIMARY = 0xFF
"""The part of an extended result code that says what it is a case of (sqlite.org/rescode.html)."""

_WORDS: Mapping[int, str] = MappingProxyType(
    {
        sqlite3.SQLITE_BUSY: "is locked by another program",
        sqlite3.SQLITE_LOCKED: "is locked by another program",
        sqlite3.SQLITE_FULL: "cannot grow: its disk is full",
        sqlite3.SQLITE_READONLY: "cannot be written: check the permissions of the file and its folder",
        sqlite3.SQLITE_CANTOPEN: "cannot be opened: check the permissions of the file and its folder",
        sqlite3.SQLITE_IOERR: "cannot be read or written: its disk reports an error",
        sqlite3.SQLITE_CORRUPT: "is damaged: move it away, and a new one is begun",
        sqlite3.SQLITE_NOTADB: "is not a history: move it away, and a new one is begun",
    }
)


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Turns what goes wrong inside into a `HistoryError` that names the file."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        words = _WORDS.get(code & PRIMARY) if code is not None else None
        raise HistoryError(f"{path} {words or f'cannot be used: {error}'}") from error
    except OSError as error:
        raise HistoryError(f"{path} cannot be used: {error.strerror}") from error
