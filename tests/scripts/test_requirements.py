"""Dependency groups become lines that any pip understands."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence

import pytest

from scripts.requirements import PYPROJECT, Entry, main, requirements

GROUPS: Mapping[str, Sequence[Entry]] = {
    "test": ["pytest>=9"],
    "check": ["ruff", "mypy"],
    "dev": [{"include-group": "test"}, "extra", {"include-group": "check"}],
}


def test_included_groups_are_resolved_where_they_stand() -> None:
    assert list(requirements(GROUPS, "dev")) == ["pytest>=9", "extra", "ruff", "mypy"]


def test_a_missing_group_is_named() -> None:
    with pytest.raises(KeyError, match="nonesuch"):
        list(requirements(GROUPS, "nonesuch"))


def test_the_repositorys_own_groups_print_once_each(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["dev", "test", "bench"]) == 0
    lines = capsys.readouterr().out.splitlines()
    groups = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["dependency-groups"]
    assert lines == sorted({*groups["test"], *groups["check"], *groups["bench"]})
