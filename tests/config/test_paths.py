"""Which file is chosen."""

from __future__ import annotations

from pathlib import Path

import pytest

from hydra_tui.config.paths import default_path, find
from hydra_tui.core.errors import ConfigError


def test_without_any_configuration_there_is_none() -> None:
    assert find() is None


def test_the_default_is_in_the_home_directory(clean_home: Path) -> None:
    path = clean_home / ".config" / "hydra-tui" / "config.yaml"
    path.parent.mkdir(parents=True)
    path.touch()
    assert default_path() == path
    assert find() == path


def test_the_variable_beats_the_default_and_the_argument_beats_both(
    tmp_path: Path, clean_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named, asked = clean_home / "named.yaml", tmp_path / "asked.yaml"
    for path in (named, asked):
        path.touch()
    monkeypatch.setenv("HYDRA_TUI_CONFIG", "~/named.yaml")
    assert find() == named
    assert find(asked) == asked


def test_an_empty_variable_names_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HYDRA_TUI_CONFIG", "")
    assert find() is None


@pytest.mark.parametrize("named", ["/nowhere/c.yaml", "~nobody-here/c.yaml", "/dev/null/c.yaml"])
def test_a_file_that_the_variable_names_must_exist(named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HYDRA_TUI_CONFIG", named)
    with pytest.raises(ConfigError) as refused:
        find()
    assert str(refused.value) == (
        f"{named}: there is no such file; it is named by $HYDRA_TUI_CONFIG: correct or unset that"
    )


def test_a_file_that_was_asked_for_must_exist(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"c.yaml: there is no such file; give another after -c"):
        find(tmp_path / "c.yaml")
