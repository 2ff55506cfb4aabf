"""Unresolvable secrets, all at once, with their lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from hydra_tui.config.secret_checks import check_secrets
from tests.config.files import loaded

TEXT = """\
services:
  - {name: a, kind: litellm, url: 'http://h', key: env:GOOD}
  - {name: b, kind: litellm, url: 'http://h', key: env:MISSING}
  - {name: c, kind: litellm, url: 'http://h'}
  - name: d
    kind: litellm
    url: http://h
    key: cmd:touch %s
  - {name: e, kind: litellm, url: 'http://h', key: file:/nowhere}
metrics: {url: 'http://127.0.0.1:1', key: env:MISSING}
simulation: {control: 'http://127.0.0.1:1', token: env:MISSING}
"""


@pytest.fixture(autouse=True)
def good(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOOD", "hunter2")


def test_every_unresolvable_secret_is_a_problem_with_file_line_and_key(tmp_path: Path) -> None:
    found = check_secrets(loaded(tmp_path, TEXT % (tmp_path / "ran")))
    assert [str(problem).removeprefix(f"{tmp_path}/") for problem in found] == [
        "config.yaml:3:47: services[1].key: `env:MISSING`: the variable is not set; "
        "export MISSING before the start",
        "config.yaml:9:47: services[4].key: `file:/nowhere`: the file cannot be read "
        "(No such file or directory); create /nowhere, or make it readable for you",
        "config.yaml:10:38: metrics.key: `env:MISSING`: the variable is not set; "
        "export MISSING before the start",
        "config.yaml:11:45: simulation.token: `env:MISSING`: the variable is not set; "
        "export MISSING before the start",
    ]
    assert not (tmp_path / "ran").exists()


def test_commands_are_run_only_when_asked_for(tmp_path: Path) -> None:
    found = check_secrets(loaded(tmp_path, TEXT % (tmp_path / "ran")), run_commands=True)
    assert (tmp_path / "ran").exists()
    assert [problem.line for problem in found] == [3, 8, 9, 10, 11]
    assert found[1].message == f"`cmd:touch {tmp_path / 'ran'}`: it is empty; store the secret there"


def test_a_configuration_without_trouble_has_no_problem(tmp_path: Path) -> None:
    text = "services:\n  - {name: a, kind: litellm, url: 'http://h', key: env:GOOD}\n"
    assert check_secrets(loaded(tmp_path, text)) == []
