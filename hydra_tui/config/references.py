"""What one key says of another: names that must be unique, names that must be known."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import chain
from typing import Any

from hydra_tui.config.entries import Entry, entries
from hydra_tui.config.kind_names import KindNames
from hydra_tui.config.node_checks import check_metrics, check_node
from hydra_tui.config.places import Places
from hydra_tui.config.problems import Problem, spell
from hydra_tui.config.service_checks import check_service
from hydra_tui.config.suggestions import suggest
from hydra_tui.core.text import inert


def cross_check(data: dict[str, Any], kinds: Mapping[str, KindNames], places: Places) -> Iterator[Problem]:
    """Problems that no key has by itself, one by one: the caller may stop at any number."""
    yield from _unique(chain(entries(data, "nodes"), entries(data, "services")), places)
    yield from check_metrics(data, places)
    for node in entries(data, "nodes"):
        yield from check_node(node, "metrics" in data, places)
    nodes = _names(data, "nodes")
    services = _names(data, "services")
    for service in entries(data, "services"):
        yield from _known(service, "node", nodes, places)
        yield from check_service(service, kinds, places)
    for model in entries(data, "models"):
        yield from _known(model, "service", services, places)


def _names(data: dict[str, Any], section: str) -> set[str]:
    return {name for entry in entries(data, section) if (name := entry.text("name")) is not None}


def _unique(all_entries: Iterator[Entry], places: Places) -> Iterator[Problem]:
    first: dict[str, Entry] = {}
    for entry in all_entries:
        name = entry.text("name")
        if name is None:
            continue
        other = first.setdefault(name, entry)
        if other is not entry:
            line, _ = places.of(other.at("name"))
            message = f"`{inert(name, 63)}` is already the name of {spell(other.key)}, line {line}"
            yield places.problem(entry.at("name"), message, "give each node and service its own name")


def _known(entry: Entry, name: str, known: Collection[str], places: Places) -> Iterator[Problem]:
    """The value of `name` is one of `known`."""
    value = entry.text(name)
    if value is not None and value not in known:
        yield places.problem(
            entry.at(name), f"there is no {name} `{inert(value, 63)}`", suggest(value, known, f"{name}s")
        )
