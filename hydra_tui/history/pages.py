"""How much of a disk the file takes, and how much of that it uses."""

from __future__ import annotations

import sqlite3


def file_bytes(connection: sqlite3.Connection) -> int:
    """Of the file, without the log that is written ahead of it."""
    return _number(connection, "PRAGMA page_count") * _number(connection, "PRAGMA page_size")


def used_bytes(connection: sqlite3.Connection) -> int:
    """Of the file, without the pages that are free to be written again."""
    free = _number(connection, "PRAGMA freelist_count") * _number(connection, "PRAGMA page_size")
    return file_bytes(connection) - free


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    (number,) = connection.execute(pragma).fetchone()
    return int(number)
