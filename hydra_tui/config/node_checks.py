"""What a node's keys say of each other and of the metrics server."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hydra_tui.config.entries import Entry
from hydra_tui.config.places import Places
from hydra_tui.config.problems import Problem

SOURCES = ("ssh", "local", "metrics")


def check_node(node: Entry, has_server: bool, places: Places) -> Iterator[Problem]:
    """Exactly one source, and for `metrics` a server to ask."""
    given = [name for name in SOURCES if node.values.get(name, False) is not False]
    if not given:
        fix = "add `ssh: HOST`, `local: true` or `metrics: true`"
        yield places.problem(node.key, "has none of `ssh`, `local` and `metrics`", fix)
    for name in given[1:]:
        yield places.problem(node.at(name), f"stands beside `{given[0]}`", "keep one of the two")
    if "metrics" in given:
        yield from _told(node, has_server, places)


def check_metrics(data: dict[str, Any], places: Places) -> Iterator[Problem]:
    """A user needs a password."""
    metrics = data.get("metrics")
    if isinstance(metrics, dict) and "user" in metrics and "key" not in metrics:
        yield places.problem(("metrics", "user"), "has no password", "add `key: env:NAME`")


def _told(node: Entry, has_server: bool, places: Places) -> Iterator[Problem]:
    if not has_server:
        fix = "add `metrics: {url: http://HOST:9090}` at the top of the file"
        yield places.problem(node.at("metrics"), "has no metrics server to ask", fix)
    if node.has("interval"):
        fix = "write it under the `metrics:` at the top of the file"
        yield places.problem(node.at("interval"), "is shared by all nodes told of by `metrics`", fix)
