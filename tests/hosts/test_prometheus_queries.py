"""The two questions: which interfaces and labels they name, in RE2 and without a backslash."""

from __future__ import annotations

import re

import pytest

from hydra_tui.hosts import procfs
from hydra_tui.hosts.prometheus import queries

INTERFACES = [
    "lo",
    "eth0",
    "enp5s0",
    "veth12ab",
    "docker0",
    "br-9f",
    "br0",
    "bridge",
    "eth0.100",
    "wlan0",
    "wg0",
]


@pytest.mark.parametrize("interface", INTERFACES)
def test_the_server_counts_the_same_interfaces_as_we_do(interface: str) -> None:
    patterns = set(re.findall(r'device!~"([^"]*)"', queries.rates("instance")))
    (pattern,) = patterns
    assert bool(re.fullmatch(pattern, interface)) is procfs.is_virtual(interface)


@pytest.mark.parametrize("query", [queries.levels("node"), queries.rates("node")])
def test_a_question_fits_into_a_request_line_and_needs_no_quoting(query: str) -> None:
    assert len(query) < 4000
    assert "\\" not in query
    assert "instance" not in query
    assert query.count("(") == query.count(")")
