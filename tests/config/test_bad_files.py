"""Files that cannot even be read as one mapping: one line each, with the place and the way out."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml

from hydra_tui.config import yaml_source
from hydra_tui.config.load import load
from hydra_tui.core.errors import ConfigError
from tests.config.files import KINDS, problems, report, write

BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
CHAIN = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 200))

UNREADABLE = [
    ("empty", "", "config.yaml:1:1: the file is empty; begin with config.example.yaml"),
    ("only comments", "# nothing\n", "config.yaml:1:1: the file is empty; begin with config.example.yaml"),
    (
        "binary",
        b"cluster: x\nno\x00des:\n",
        "config.yaml:2:3: is a binary file; give a YAML file, saved as UTF-8 text",
    ),
    (
        "UTF-16",
        "cluster: x\n".encode("utf-16-le"),
        "config.yaml:1:2: is a binary file; give a YAML file, saved as UTF-8 text",
    ),
    ("Latin-1", b"cluster: a\ntheme: \xe9t\xe9\n", "config.yaml:2:8: is not UTF-8; save it as UTF-8 text"),
    (
        "a control character",
        "cluster: é\x1b[31m\n",
        "config.yaml:1:11: holds the control character U+001B; delete it",
    ),
    (
        "huge",
        "# " + "x" * (1 << 20),
        "config.yaml: is larger than 1 MiB; give the configuration, not a dump or a log",
    ),
    (
        "tab-indented",
        "nodes:\n\t- name: a\n",
        "config.yaml:2:1: the line is indented with a tab; indent with spaces",
    ),
    (
        "an alias bomb",
        BOMB,
        "config.yaml:5:1: e: grows past 50,000 values; write fewer `*` aliases",
    ),
    (
        "an alias ladder",
        CHAIN,
        "config.yaml:31:1: a30: is nested deeper than 32 levels; write fewer `*` aliases",
    ),
    (
        "an alias to itself",
        "nodes: &n\n  - *n\n",
        "config.yaml:1:8: nodes[0]: contains itself; remove the `*` alias",
    ),
    (
        "deep nesting",
        "x: " + "[" * 500_000,
        "config.yaml:1:35: the file is nested deeper than 32 levels; compare it with config.example.yaml",
    ),
    (
        "a list",
        "- a\n- b\n",
        "config.yaml:1:1: the file is not a mapping; begin with `nodes:` and `services:`",
    ),
    ("a word", "hello\n", "config.yaml:1:1: the file is not a mapping; begin with `nodes:` and `services:`"),
    (
        "two documents",
        "cluster: a\n---\ncluster: b\n",
        "config.yaml:2:1: there is a second document; remove the line `---`",
    ),
    (
        "a colon in a value",
        "cluster: a: b\n",
        "config.yaml:1:11: there is a `:` where none can stand; "
        "quote the value if it contains `: `, or mend the indentation",
    ),
    (
        "a key without a colon",
        "cluster: a\nnodes\ntheme: b\n",
        "config.yaml:3:1: a key above here has no `:`; write `key: value`",
    ),
    ("an open quote", "cluster: 'a\n", "config.yaml:2:1: a quote is opened and never closed; close it"),
    (
        "an open bracket",
        "nodes: [a\nx: 1\n",
        "config.yaml:2:2: a `[` or `{` is opened and never closed; close it",
    ),
    (
        "an alias to nothing",
        "cluster: *hunter2\n",
        "config.yaml:1:10: a value beginning with `*` refers to an anchor that is not there; "
        "quote the value if the `*` belongs to it",
    ),
    (
        "a reserved character",
        "cluster: @home\n",
        "config.yaml:1:10: a value begins with a character that YAML reserves; put the value in quotes",
    ),
    (
        "wrong indentation",
        "nodes:\n  - name: a\n   ssh: b\n",
        "config.yaml:3:4: the indentation does not fit the lines above; align it with its siblings",
    ),
    (
        "a directive",
        "%YAML 3.0\n---\ncluster: a\n",
        "config.yaml:1:1: this is not valid YAML; compare it with config.example.yaml",
    ),
]


@pytest.mark.parametrize(
    ("text", "line"), [case[1:] for case in UNREADABLE], ids=[case[0] for case in UNREADABLE]
)
def test_an_unreadable_file_is_one_line_with_place_and_fix(
    tmp_path: Path, text: str | bytes, line: str
) -> None:
    assert report(tmp_path, text) == [line]


@pytest.mark.parametrize("text", [case[1] for case in UNREADABLE if isinstance(case[1], str)])
def test_pyyaml_without_libyaml_finds_the_same_line(
    tmp_path: Path, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_libyaml = problems(tmp_path, text)
    monkeypatch.setattr(yaml_source, "_LOADER", yaml.SafeLoader)
    without = problems(tmp_path, text)
    assert [problem.message for problem in without] == [problem.message for problem in with_libyaml]


def test_a_missing_file_says_how_to_begin(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as refused:
        load(tmp_path / "none.yaml", KINDS)
    assert str(refused.value) == (
        f"{tmp_path}/none.yaml: there is no such file; "
        "name another file, or write an example with `hydra-tui config init`"
    )


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r": is not a file; give the path of a YAML file$"):
        load(tmp_path, KINDS)


def test_a_pipe_cannot_block_the_start(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ConfigError, match="is not a file"):
        load(tmp_path / "pipe", KINDS)


def test_a_forbidden_file_names_the_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = write(tmp_path, "cluster: a\n")
    monkeypatch.setattr(Path, "open", forbidden)
    with pytest.raises(ConfigError, match=r"may not be read; give yourself permission: chmod u\+r$"):
        load(path, KINDS)


def test_a_byte_order_mark_is_no_character(tmp_path: Path) -> None:
    assert report(tmp_path, b"\xef\xbb\xbfclustr: a\n") == [
        "config.yaml:1:1: clustr: unknown key; did you mean `cluster`?"
    ]


@pytest.mark.parametrize(
    "text", [BOMB, "[" * (1 << 20), "? " * (1 << 19), "- " * (1 << 19), "{a: " * (1 << 18)]
)
def test_a_hostile_megabyte_ends_before_the_time_limit_of_a_test(tmp_path: Path, text: str) -> None:
    (problem,) = problems(tmp_path, text[: 1 << 20])
    assert "deeper than 32 levels" in problem.message or "grows past" in problem.message
