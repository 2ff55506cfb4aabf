"""All that is known of one thing, as labelled lines."""

from __future__ import annotations

from collections.abc import Iterator

from hydra_tui.core.changes import duration
from hydra_tui.core.cluster import Cluster, Node, Service
from hydra_tui.core.reduce import aged
from hydra_tui.present import units
from hydra_tui.present.cells import Block, Line, Run, wrapped
from hydra_tui.present.detail_node import node_lines
from hydra_tui.present.detail_service import service_lines
from hydra_tui.present.event_rows import event_row
from hydra_tui.present.labelled import LABEL_CELLS, labelled, section
from hydra_tui.present.picture import Ref
from hydra_tui.present.roles import STATE_ROLES, Role
from hydra_tui.present.view import View, state_mark

EVENTS_SHOWN = 12


def detail(cluster: Cluster, ref: Ref, cells: int, view: View) -> Block:
    """The page about a node, a GPU's node, a service or a model's service."""
    node = next((each for each in cluster.nodes if each.name == ref.owner), None)
    if node is not None:
        return [*_head(node, cells, view), *node_lines(cluster, node, cells, view), *_events(cluster, ref)]
    service = next((each for each in cluster.services if each.name == ref.owner), None)
    if service is not None:
        return [
            *_head(service, cells, view),
            *service_lines(cluster, service, cells, view),
            *_events(cluster, ref),
        ]
    return [(Run(f"{ref.label} is no longer there", Role.MUTED),)]


def _head(target: Node | Service, cells: int, view: View) -> Iterator[Line]:
    shown = aged(target, view.now)
    colour = STATE_ROLES[shown.state]
    since = ""
    if shown.since is not None and shown.state is target.state:
        since = f" for {duration(view.now - shown.since)}"
    age = f"{units.span(view.now - target.at, 0)} ago" if target.at else "not yet"
    yield (Run(target.name, Role.TITLE), Run(f"   {target.address}", Role.MUTED))
    yield ()
    yield labelled("state", state_mark(shown.state, view.glyphs), Run(f" {shown.state.value}{since}", colour))
    for place, words in enumerate(wrapped(shown.reason, cells - LABEL_CELLS)):
        yield labelled("" if place else "because", Run(words, colour))
    yield labelled("read", Run(f"{age}, every {target.interval_s:g} s"))


def _events(cluster: Cluster, ref: Ref) -> Iterator[Line]:
    about = [event for event in reversed(cluster.events) if event.subject == ref.owner]
    if about:
        yield from section("events")
    yield from map(event_row, about[:EVENTS_SHOWN])
