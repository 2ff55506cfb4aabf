"""From the version a file has to the one this program reads and writes."""

from __future__ import annotations

import sqlite3
from importlib import resources

from hydra_tui.core.errors import HistoryError


def scripts() -> dict[int, str]:
    """SQL by the version that it leads to: the number that a file of `migrations/` begins with."""
    files = resources.files("hydra_tui.history").joinpath("migrations").iterdir()
    found = {int(file.name[:4]): file.read_text("utf-8") for file in files if file.name.endswith(".sql")}
    return dict(sorted(found.items()))


def version(connection: sqlite3.Connection) -> int:
    """Of the file; 0 when it is empty."""
    (number,) = connection.execute("PRAGMA user_version").fetchone()
    return int(number)


def newest() -> int:
    """What this program reads and writes."""
    return max(scripts())


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the file to the newest version, a version a transaction.

    Raises `HistoryError` for a file of a version that is yet to come here.
    """
    refuse_newer(connection)
    for number, script in scripts().items():
        if number > version(connection):
            _apply(connection, number, script)


def refuse_newer(connection: sqlite3.Connection) -> None:
    """Raises `HistoryError` for a file that a newer program has written."""
    if version(connection) > newest():
        raise HistoryError("the history was written by a newer hydra-tui: update this one")


def _apply(connection: sqlite3.Connection, number: int, script: str) -> None:
    try:
        connection.executescript(f"BEGIN IMMEDIATE;\n{script}\nPRAGMA user_version = {number};\nCOMMIT;")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
