"""Screen 2: every machine, with all that its kernel and its drivers say."""

from __future__ import annotations

from hydra_tui.core.cluster import Cluster
from hydra_tui.present.nodes_page import nodes_page
from hydra_tui.present.picture import Picture, Ref
from hydra_tui.tui.cursor import refs
from hydra_tui.tui.keys import LISTING
from hydra_tui.tui.screens.console import bindings
from hydra_tui.tui.screens.pointing import PointingScreen


class NodesScreen(PointingScreen):
    """A card a node."""

    ACTIONS = LISTING
    BINDINGS = bindings(LISTING)
    HERE = "app.show('nodes')"

    def draw(self, cluster: Cluster, cells: int, rows: int) -> Picture:
        return nodes_page(cluster, cells, rows, self.view, self.standing())

    def known(self) -> list[Ref]:
        return refs(self.cluster, self.focus_on, self.view, brief=False) if self.cluster else []
