"""A file of any version becomes one of the newest, with everything in it."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from hydra_tui.core.errors import HistoryError
from hydra_tui.history import migrate
from hydra_tui.history.migrate import newest, scripts
from hydra_tui.history.reader import opened
from hydra_tui.history.writer import Writer
from tests.history.files import EPOCH, query, read, write

SCHEMA = "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name"
OLD_ROWS = f"""
INSERT INTO series VALUES (7, 'hydra-ai', '', 'cpu_percent');
INSERT INTO raw VALUES ({EPOCH * 1000}, 7, 12.5);
"""


def file_of_version(path: Path, version: int) -> Path:
    """A history as that version left it, with a value where it could hold one."""
    with closing(sqlite3.connect(path)) as connection:
        for number, script in scripts().items():
            if number <= version:
                connection.executescript(script)
        if version:
            connection.executescript(OLD_ROWS)
        connection.execute(f"PRAGMA user_version = {version}")
    return path


def test_versions_are_numbered_without_a_gap() -> None:
    assert list(scripts()) == list(range(1, newest() + 1))


@pytest.mark.parametrize("version", range(newest() + 1))
def test_a_file_of_every_version_is_brought_up_and_keeps_its_values(tmp_path: Path, version: int) -> None:
    write(tmp_path / "fresh.db", ())
    old = file_of_version(tmp_path / "old.db", version)
    write(old, ())
    assert query(old, "PRAGMA user_version") == [(newest(),)]
    assert query(old, SCHEMA) == query(tmp_path / "fresh.db", SCHEMA)
    assert [point.mean for point in read(old, 0, 10, 1)] == ([12.5] if version else [])


def test_a_file_of_a_version_to_come_is_neither_written_nor_read(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    write(path, ())
    query(path, f"PRAGMA user_version = {newest() + 1}")
    with pytest.raises(HistoryError, match="written by a newer hydra-tui"):
        Writer(path)
    with pytest.raises(HistoryError, match="written by a newer hydra-tui"), opened(path):
        pytest.fail("it cannot be read")


def test_a_reader_does_not_bring_an_old_file_up_and_says_who_does(tmp_path: Path) -> None:
    path = file_of_version(tmp_path / "history.db", newest() - 1)
    with pytest.raises(HistoryError, match="open the console once"), opened(path):
        pytest.fail("it cannot be read")
    assert query(path, "PRAGMA user_version") == [(newest() - 1,)]


def test_a_migration_that_fails_halfway_leaves_the_version_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "history.db"
    write(path, ())
    before = query(path, SCHEMA)
    broken = {**scripts(), newest() + 1: "CREATE TABLE half (a); CREATE TABLE half (a);"}
    monkeypatch.setattr(migrate, "scripts", lambda: broken)
    with pytest.raises(HistoryError, match="already exists"):
        Writer(path)
    assert query(path, SCHEMA) == before
    assert query(path, "PRAGMA user_version") == [(max(broken) - 1,)]


def test_a_new_history_is_its_owners_alone_and_written_ahead(tmp_path: Path) -> None:
    path = tmp_path / "state" / "hydra-tui" / "history.db"
    write(path, ())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert query(path, "PRAGMA journal_mode") == [("wal",)]
