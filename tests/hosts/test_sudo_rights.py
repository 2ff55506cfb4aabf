"""What `sudo -l` lists, and what it lets us do without a password."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hydra_tui.hosts.checks.sudo_rights import parse_rights

RESTART = "/usr/bin/systemctl restart ollama.service"


@pytest.mark.parametrize(
    ("entry", "free"),
    [
        ("(ALL : ALL) NOPASSWD: ALL", True),
        ("(ALL : ALL) ALL", False),
        ("(root) NOPASSWD: /usr/bin/systemctl restart ollama.service", True),
        ("(root) NOPASSWD: /bin/systemctl restart ollama.service", True),
        ("(root) NOPASSWD: /usr/bin/systemctl restart ollama", False),
        ("(root) NOPASSWD: /usr/bin/systemctl", True),
        ("(root) NOPASSWD: /usr/bin/systemctl restart *", True),
        ("(root) NOPASSWD: /usr/bin/systemctl stop *", False),
        ("(operator) NOPASSWD: ALL", False),
        ("(operator, root) NOPASSWD: ALL", True),
        ("(root) SETENV: NOPASSWD: ALL", True),
        ("(root) NOPASSWD: /usr/bin/id, PASSWD: /usr/bin/systemctl restart ollama.service", False),
        ("(root) PASSWD: /usr/bin/id, NOPASSWD: /usr/bin/ls, /usr/bin/systemctl restart *", True),
        ("(root) NOPASSWD: ALL, !/usr/bin/systemctl restart ollama.service", False),
        ("(root) NOPASSWD: /usr/bin/systemctl restart a\\,b.service", False),
        ("(root) NOPASSWD: /usr/bin/systemctlx", False),
        ("(root NOPASSWD: ALL", False),
        ("", False),
    ],
)
def test_an_entry_frees_exactly_what_it_names(entry: str, free: bool) -> None:
    assert parse_rights(["User ada may run:", f"    {entry}"]).without_password(RESTART) is free


def test_escaped_signs_are_read() -> None:
    rights = parse_rights([r"(root) NOPASSWD: /usr/bin/systemctl restart a\:b\,c.service"])
    assert rights.without_password("/usr/bin/systemctl restart a:b,c.service")


def test_the_last_entry_that_matches_counts() -> None:
    both = ["(ALL) NOPASSWD: ALL", "(ALL) PASSWD: /usr/bin/systemctl restart *"]
    assert not parse_rights(both).without_password(RESTART)
    assert parse_rights(both[::-1]).without_password(RESTART)


def test_entries_that_sudo_broke_into_lines_are_joined() -> None:
    lines = [
        "    (root) NOPASSWD: /usr/bin/id,",
        "        /usr/bin/systemctl restart",
        "        ollama.service",
    ]
    assert parse_rights(lines).without_password(RESTART)


def test_a_user_who_is_never_asked_needs_no_tag() -> None:
    lines = ["Matching Defaults entries for ada on vm:", "    env_reset, !authenticate", "", "    (ALL) ALL"]
    assert parse_rights(lines).without_password(RESTART)


@given(st.lists(st.text(max_size=80), max_size=20))
def test_nothing_that_sudo_could_say_raises(lines: list[str]) -> None:
    parse_rights(lines).without_password(RESTART)
