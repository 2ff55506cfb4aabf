"""How a problem reads."""

from __future__ import annotations

import pytest

from hydra_tui.config.problems import ConfigProblems, KeyPath, Problem, spell


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ((), ""),
        (("cluster",), "cluster"),
        (("services", 2, "kind"), "services[2].kind"),
        (("nodes", 0, "ssh", "host"), "nodes[0].ssh.host"),
        (("a\x1b[31m",), "a\\x1b[31m"),
        (("services", 0, "key", "hunter2"), "services[0].key"),
        (("simulation", "token", "hunter2"), "simulation.token"),
    ],
)
def test_a_key_path_reads_like_the_file_and_ends_at_a_secret(key: KeyPath, shown: str) -> None:
    assert spell(key) == shown


def test_a_problem_is_one_line_that_an_editor_can_follow() -> None:
    problem = Problem(
        "config.yaml", 12, 5, ("services", 2, "kind"), "unknown kind `olama`", "did you mean `ollama`?"
    )
    assert str(problem) == (
        "config.yaml:12:5: services[2].kind: unknown kind `olama`; did you mean `ollama`?"
    )


def test_a_problem_of_the_file_has_no_line() -> None:
    assert (
        str(Problem("config.yaml", None, None, (), "there is no such file"))
        == "config.yaml: there is no such file"
    )


def test_problems_are_told_in_the_order_of_the_file() -> None:
    here, there = Problem("c", 9, 1, (), "b"), Problem("c", 2, 7, (), "a")
    assert str(ConfigProblems([here, there])) == "c:2:7: a\nc:9:1: b"
