"""Verbs, exit statuses, and what happens to bad input."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hydra_tui import __version__
from hydra_tui.cli.console import _configured_theme
from tests.cli.commands import hydra

TCP = "services:\n  - {name: port, kind: tcp, url: 'tcp://127.0.0.1:1'}\n"


def test_version() -> None:
    assert __version__ in hydra("--version").out


def test_kinds_lists_every_adapter() -> None:
    kinds = {kind["name"] for kind in hydra("kinds", "--json").json()["kinds"]}
    assert {"litellm", "tabbyapi", "ollama", "http", "tcp", "redis", "postgresql"} <= kinds


@pytest.mark.parametrize("words", [["bogus"], ["status", "--nope"], ["sim"], ["sim", "fault"]])
def test_wrong_words_exit_2(words: list[str]) -> None:
    assert hydra(*words).status == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\x00\x01\x02", "binary"),
        (b"#" * 2_000_000, "MiB"),
        (b"services:\n\t- name: a\n", "tab"),
        (b"cluster: a\ncluster: b\n", ":2:"),
        (b"a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\n" * 1, ":1:"),
        (b"services:\n  - {name: a, kind: olama, url: 'http://h:1'}\n", "did you mean `ollama`"),
        (b"servces: []\n", "did you mean `services`"),
        (b"services:\n  - {name: a, kind: http, url: 'http://h:1', key: 'env:NOT_THERE'}\n", "NOT_THERE"),
        (TCP.encode() + b"  - {name: port, kind: tcp, url: 'tcp://127.0.0.1:2'}\n", ":3:"),
        (b"services:\n  - {name: a, kind: http, url: 'example.lan:80'}\n", "no scheme"),
        (b"services:\n  - {name: a, kind: http, node: nope, port: 80}\n", "nope"),
    ],
)
@pytest.mark.parametrize("verb", [["status"], ["config", "check"]])
def test_a_bad_configuration_exits_3_with_its_place(
    tmp_path: Path, content: bytes, words: str, verb: list[str]
) -> None:
    path = tmp_path / "config.yaml"
    path.write_bytes(content)
    ran = hydra(*verb, "-c", path)
    assert ran.status == 3
    assert ran.out == ""
    assert "Traceback" not in ran.err
    assert "config.yaml" in ran.err
    assert words in ran.err


def test_a_check_tells_options_and_themes_that_are_of_no_use_with_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(
        "theme: darc\n" + TCP + "  - {name: web, kind: http, url: 'http://h:1', options: {status: 9}}\n"
    )
    ran = hydra("config", "check", "-c", path)
    assert ran.status == 3
    assert ":1:1: theme: unknown theme `darc`; did you mean `dark`?" in ran.err
    assert ":4:" in ran.err
    assert "status" in ran.err


@pytest.mark.parametrize(
    ("content", "theme"),
    [("theme: light\n", "light"), ("cluster: a\n", None), ("theme: [\n", None), ("theme: 5\n", None)],
)
def test_the_configured_theme_is_known_before_the_rest_is_read(
    tmp_path: Path, content: str, theme: str | None
) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(content)
    assert _configured_theme(path) == theme


def test_a_missing_configuration_exits_3(tmp_path: Path) -> None:
    ran = hydra("-c", tmp_path / "none.yaml", "status")
    assert ran.status == 3
    assert "none.yaml" in ran.err


def test_a_node_that_does_not_resolve_is_a_problem_of_the_check_and_a_reading_of_the_status(
    tmp_path: Path,
) -> None:
    path = tmp_path / "config.yaml"
    path.write_text("nodes:\n  - name: gone\n    ssh: {host: gone.invalid, config: /dev/null}\n")
    checked = hydra("config", "check", "-c", path)
    assert checked.status == 3
    assert "config.yaml:3:5: nodes[0].ssh" in checked.err
    assert "gone.invalid" in checked.err
    ran = hydra("status", "-c", path, "--json")
    assert ran.status == 1
    assert "gone.invalid" in ran.json()["nodes"][0]["reason"]


def test_a_closed_port_is_a_reading_and_exits_1(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(TCP)
    ran = hydra("status", "-c", path, "--json")
    assert ran.status == 1
    assert ran.json()["services"][0]["state"] == "down"


def test_config_path_print_and_init(tmp_path: Path, clean_home: Path) -> None:
    expected = clean_home / ".config/hydra-tui/config.yaml"
    assert hydra("config", "path").out.strip() == str(expected)
    assert hydra("config", "init").status == 0
    assert hydra("config", "init").status == 3
    assert "hydra-ai" in hydra("config", "print").out
    assert hydra("config", "path").err == ""


def test_the_variable_names_the_configuration(tmp_path: Path) -> None:
    path = tmp_path / "elsewhere.yaml"
    path.write_text(TCP)
    assert hydra("config", "path", HYDRA_TUI_CONFIG=str(path)).out.strip() == str(path)


def test_a_reader_that_leaves_early_is_no_fault() -> None:
    command = f"{sys.executable} -m hydra_tui config schema | head -n 1"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, timeout=50, check=False)
    assert (done.stdout.strip(), done.stderr) == ("{", "")


def test_without_a_terminal_the_console_says_so(tmp_path: Path) -> None:
    ran = hydra()
    assert ran.status == 3
    assert "terminal" in ran.err


def test_the_log_goes_where_it_was_asked_to(tmp_path: Path) -> None:
    path, log = tmp_path / "config.yaml", tmp_path / "hydra.log"
    path.write_text(TCP)
    hydra("status", "-c", path, HYDRA_TUI_LOG=str(log))
    assert os.access(log, os.R_OK)
