"""Rows of a checklist."""

from __future__ import annotations

from hydra_tui.core.checks import Verdict, bad, count, not_applicable, ok, warn


def test_each_kind_of_row_stands_as_it_is_called() -> None:
    rows = [ok("a", "fine"), warn("b", "hm", "fix it"), bad("c", "no", "fix", fix_here=True)]
    rows.append(not_applicable("d", "none here"))
    assert [row.verdict.value for row in rows] == ["ok", "warn", "bad", "not-applicable"]
    assert [row.fix for row in rows] == ["", "fix it", "fix", ""]
    assert [row.fix_here for row in rows] == [False, False, True, False]
    assert count([*rows, rows[1]], Verdict.WARN) == 2
