"""The file, opened to write or to read."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from hydra_tui.core.errors import HistoryError
from hydra_tui.history.faults import in_words
from hydra_tui.history.migrate import migrate, newest, refuse_newer, version

BUSY_S = 2.0
"""How long another program's lock is waited for."""

LOG_BYTES = 8 << 20
"""What the write-ahead log is cut back to when it has grown past that."""

_FOR_WRITING = (
    "PRAGMA auto_vacuum = INCREMENTAL",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",
    f"PRAGMA journal_size_limit = {LOG_BYTES}",
)
"""A killed writer loses what was not committed; a power cut may take the last commits, never the file."""


def open_for_writing(path: Path) -> sqlite3.Connection:
    """The history at its newest version; a new file is its owner's alone.

    Raises `HistoryError` or `sqlite3.Error`. The connection belongs to the thread that opened it.
    """
    _make(path)
    connection = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None)
    try:
        for pragma in _FOR_WRITING:
            connection.execute(pragma)
        migrate(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _make(path: Path) -> None:
    """SQLite itself would make it as readable as the umask says."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


@contextmanager
def opened_for_reading(path: Path) -> Iterator[sqlite3.Connection]:
    """The history as it was at one moment, while somebody may go on writing it.

    Raises `HistoryError`: there is none, or it cannot be read.
    """
    if not path.exists():
        raise HistoryError(f"there is no history at {path} yet: the console writes it while it runs")
    with in_words(path):
        uri = f"{path.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True, timeout=BUSY_S, isolation_level=None)) as connection:
            _expect_newest(connection, path)
            connection.execute("BEGIN")
            yield connection


def _expect_newest(connection: sqlite3.Connection, path: Path) -> None:
    refuse_newer(connection)
    if version(connection) < newest():
        raise HistoryError(f"{path} is of an older hydra-tui: open the console once, and it is brought up")
