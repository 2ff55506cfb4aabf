"""The overview: is everything up, what is loaded where, how much VRAM is left, what just changed."""

from __future__ import annotations

from dataclasses import replace

from hydra_tui.core.cluster import Cluster
from hydra_tui.present.cells import Run
from hydra_tui.present.focus import Focus
from hydra_tui.present.panes import Panes, panes
from hydra_tui.present.picture import Picture, abreast, moved, stacked
from hydra_tui.present.view import View

LEAST_CELLS = 80
LEAST_ROWS = 24
WIDE_CELLS = 110
VAST_CELLS = 200
MARGIN = 1
GUTTER = 3
EVENTS_LEAST = 3
ROOMY_ROWS = 30
CHART_ROWS_MOST = 16


def overview(cluster: Cluster, cells: int, rows: int, view: View, focus: Focus) -> Picture:
    """Everything in `cells` by `rows`: by width three columns, two, or one."""
    inner = cells - 2 * MARGIN
    head = 1 if rows >= ROOMY_ROWS else 0
    rows -= head
    parts = panes(cluster, view, focus)
    if focus.zoomed:
        picture = parts.draw(focus.pane, inner, rows)
    elif cells >= VAST_CELLS:
        picture = _three_columns(parts, inner, rows)
    elif cells >= WIDE_CELLS:
        picture = _two_columns(parts, inner, rows)
    else:
        picture = _one_column(parts, inner, rows)
    margin = Run(" " * MARGIN)
    lines = tuple((margin, *line) if line else () for line in picture.lines)
    return Picture(((),) * head + lines, moved(picture.spots, down=head, right=MARGIN))


def _left(parts: Panes, cells: int, rows: int) -> Picture:
    """Nodes over models; room that neither needs becomes history."""
    models = parts.body("models", cells)
    spare = rows - parts.nodes_height(cells) - models.height - 3
    chart_rows = spare // max(1, len(parts.cluster.nodes)) - 1
    charted = replace(parts, chart_rows=min(CHART_ROWS_MOST, chart_rows))
    nodes = charted.draw("nodes", cells, max(rows - models.height - 2, rows * 2 // 3))
    return stacked([nodes, parts.titled("models", models, cells, rows - nodes.height - 1)], gap=1)


def _two_columns(parts: Panes, cells: int, rows: int) -> Picture:
    left_cells = cells * 55 // 100
    right_cells = cells - left_cells - GUTTER
    events = 1 + min(max(EVENTS_LEAST, rows // 6), max(1, len(parts.cluster.events)))
    top_rows = rows - events - 1
    left = _left(parts, left_cells, top_rows)
    top = abreast(left, parts.draw("services", right_cells, top_rows), left_cells, GUTTER)
    return stacked([top, parts.draw("events", cells, rows - top.height - 1)], gap=1)


def _three_columns(parts: Panes, cells: int, rows: int) -> Picture:
    left_cells = cells * 44 // 100
    middle_cells = cells * 30 // 100
    right_cells = cells - left_cells - middle_cells - 2 * GUTTER
    middle = parts.draw("services", middle_cells, rows)
    right = parts.draw("events", right_cells, rows)
    left = _left(parts, left_cells, rows)
    return abreast(left, abreast(middle, right, middle_cells, GUTTER), left_cells, GUTTER)


def _one_column(parts: Panes, cells: int, rows: int) -> Picture:
    """What is not up and what is loaded always find room; events get what is left."""
    gap = 1 if rows >= ROOMY_ROWS else 0
    room = rows - EVENTS_LEAST - 3 * gap
    nodes = parts.draw("nodes", cells, max(5, min(1 + parts.nodes_height(cells), room - 7)))
    room -= nodes.height
    loaded = parts.body("models", cells, room - 1)
    model_rows = min(1 + loaded.height, max(2, room // 3))
    services = parts.body("services", cells, room - model_rows - 1)
    service_rows = min(1 + services.height, room - model_rows)
    middle = [
        nodes,
        parts.titled("services", services, cells, service_rows),
        parts.titled("models", loaded, cells, min(1 + loaded.height, room - service_rows)),
    ]
    used = sum(picture.height for picture in middle) + 3 * gap
    return stacked([*middle, parts.draw("events", cells, rows - used)], gap)
