"""The page of all nodes: cards one below the other, with as much history as there is room for."""

from __future__ import annotations

from hydra_tui.core.cluster import Cluster
from hydra_tui.present.cells import Run
from hydra_tui.present.focus import Focus
from hydra_tui.present.node_card import card, card_height
from hydra_tui.present.node_rows import name_cells
from hydra_tui.present.panes import panes
from hydra_tui.present.picture import Picture, moved, stacked
from hydra_tui.present.roles import Role
from hydra_tui.present.view import View

MARGIN = 1
CHART_ROWS_MOST = 12


def nodes_page(cluster: Cluster, cells: int, rows: int, view: View, focus: Focus) -> Picture:
    """Everything in `cells` by `rows`; the card with the cursor is always in sight."""
    inner = cells - 2 * MARGIN
    pane = panes(cluster, view, focus)
    nodes = pane.cluster.nodes
    width = name_cells(nodes)
    spare = rows - 1 - sum(card_height(node, inner, view, width) + 1 for node in nodes)
    chart_rows = min(CHART_ROWS_MOST, spare // max(1, len(nodes)))
    cards = [card(node, inner, chart_rows, view, width) for node in nodes]
    body = stacked(cards, gap=1) if cards else Picture(((Run("none", Role.MUTED),),))
    picture = pane.titled("nodes", body, inner, rows)
    margin = Run(" " * MARGIN)
    lines = tuple((margin, *line) if line else () for line in picture.lines)
    return Picture(lines, moved(picture.spots, right=MARGIN))
