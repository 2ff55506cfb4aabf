"""Services as a grid of rows by layer, or folded to a line a layer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from hydra_tui.core.cluster import Layer, Service
from hydra_tui.core.reduce import aged
from hydra_tui.core.state import State
from hydra_tui.present import units
from hydra_tui.present.cells import Line, Run, cut, fit, text_width, width
from hydra_tui.present.facts import headline
from hydra_tui.present.gauges import sparkline
from hydra_tui.present.picture import Picture, Ref, Spot, row, stacked
from hydra_tui.present.roles import Role
from hydra_tui.present.table import Column, chosen, drawn
from hydra_tui.present.view import View, named, state_mark, trouble

LAYER_CELLS = 13
NAME_MOST = 24
_LAYERS = tuple(Layer)


def in_order(services: Sequence[Service]) -> list[Service]:
    """By layer, then as the operator listed them."""
    return sorted(services, key=lambda service: _LAYERS.index(service.layer))


def parted(services: Sequence[Service], view: View) -> tuple[list[Service], list[Service]]:
    """Those that are not up, and those that are: how they are listed where room is short."""
    listed = in_order(services)
    bad = [service for service in listed if not _is_up(service, view)]
    return bad, [service for service in listed if _is_up(service, view)]


def _is_up(service: Service, view: View) -> bool:
    return aged(service, view.now).state is State.UP


def _headline(service: Service) -> Line:
    return (Run(headline(service.facts[0]), Role.MUTED),) if service.facts else ()


def name_cells(services: Iterable[Service]) -> int:
    """Room for state and name of the longest, within reason."""
    return min(NAME_MOST, 2 + max((text_width(service.name) for service in services), default=0))


def _columns(name: int, view: View) -> tuple[Column[Service], ...]:
    return (
        Column("service", name, 0, lambda service: named(service, view)),
        Column("latency", 7, 1, lambda service: (Run(units.latency(service.latency_s)),)),
        Column("version", 10, 3, lambda service: (Run(service.version or "", Role.MUTED),)),
        Column("", 14, 2, _headline, stretch=True),
        Column("history", 16, 5, lambda service: sparkline(service.latency.values, 16, view.glyphs)),
        Column("node", 13, 4, lambda service: (Run(service.node, Role.MUTED),)),
    )


def _said(service: Service, name: int, cells: int, view: View) -> Line:
    """Its row: facts when all is well, else the reason in the place of all of them."""
    if _is_up(service, view):
        return drawn(chosen(_columns(name, view), cells), service, cells)
    return (*fit(named(service, view), name), Run("  "), *trouble(service, view))


def grid(services: Sequence[Service], cells: int, view: View) -> Picture:
    """A row a service, its layer named once."""
    label_cells = LAYER_CELLS if cells >= 48 else 0
    name = name_cells(services)
    rows: list[Picture] = []
    for layer, members in groupby(in_order(services), key=lambda service: service.layer):
        label = layer.value
        for service in members:
            head = Run(cut(label, label_cells), Role.MUTED)
            body = _said(service, name, cells - label_cells, view)
            rows.append(_indented(service, head, body, cells))
            label = ""
    return stacked(rows)


def _indented(service: Service, head: Run, body: Line, cells: int) -> Picture:
    start = text_width(head.text)
    line = fit((head, *body), cells)
    spot = Spot(0, start, cells - start)
    return Picture((line,), ((_ref(service), spot),))


def folded(services: Sequence[Service], cells: int, view: View) -> Picture:
    """A line a layer, a glyph and a name a service."""
    layers = groupby(in_order(services), key=lambda service: service.layer)
    return stacked([_folded_layer(layer, list(members), cells, view) for layer, members in layers])


def _folded_layer(layer: Layer, members: list[Service], cells: int, view: View) -> Picture:
    lines: list[list[Run]] = [[Run(cut(layer.value, LAYER_CELLS), Role.MUTED)]]
    spots: list[tuple[Ref, Spot]] = []
    for service in members:
        piece = fit(_calm(service, view), min(2 + text_width(service.name), cells - LAYER_CELLS))
        if _end(lines) + width(piece) > cells:
            lines.append([Run(" " * LAYER_CELLS)])
        spots.append((_ref(service), Spot(len(lines) - 1, _end(lines), width(piece))))
        lines[-1].extend((*piece, Run("  ")))
    return Picture(tuple(fit(tuple(line), cells) for line in lines), tuple(spots))


def _calm(service: Service, view: View) -> Line:
    """Shape and name, as `named`, without asking for the eye while it is up."""
    mark, gap, name = named(service, view)
    return (mark, gap, Run(name.text, Role.TEXT if name.role is Role.STRONG else name.role))


def compact(services: Sequence[Service], cells: int, view: View) -> Picture:
    """Layers one after the other, a glyph a service: the whole grid in a line or two."""
    lines: list[list[Run]] = [[]]
    spots: list[tuple[Ref, Spot]] = []
    for layer, members in groupby(in_order(services), key=lambda service: service.layer):
        label, group = f"{layer.value} ", list(members)
        if lines[-1] and _end(lines) + len(label) + len(group) > cells:
            lines.append([])
        lines[-1].append(Run(label, Role.MUTED))
        for service in group:
            if _end(lines) >= cells:
                lines.append([Run(" " * len(label))])
            spots.append((_ref(service), Spot(len(lines) - 1, _end(lines), 1)))
            lines[-1].append(state_mark(aged(service, view.now).state, view.glyphs))
        lines[-1].append(Run("  "))
    return Picture(tuple(fit(tuple(line), cells) for line in lines), tuple(spots))


def _ref(service: Service) -> Ref:
    return Ref("service", service.name, service.name)


def _end(lines: list[list[Run]]) -> int:
    """Where the last line goes on."""
    return width(tuple(lines[-1]))


def troubled(services: Sequence[Service], cells: int, view: View) -> Picture:
    """A row with the reason for each service that is not up: where there is no room for the grid."""
    name = name_cells(services)
    return stacked([row(_ref(each), _said(each, name, cells, view), cells) for each in services])
