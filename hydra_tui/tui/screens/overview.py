"""Screen 1: everything at a glance."""

from __future__ import annotations

from dataclasses import replace

from hydra_tui.core.cluster import Cluster
from hydra_tui.present.overview import WIDE_CELLS, overview
from hydra_tui.present.picture import Picture, Ref
from hydra_tui.tui.cursor import other_pane, refs
from hydra_tui.tui.keys import OVERVIEW
from hydra_tui.tui.screens.console import bindings
from hydra_tui.tui.screens.pointing import PointingScreen


class OverviewScreen(PointingScreen):
    """Nodes, services, models and events in one picture."""

    ACTIONS = OVERVIEW
    BINDINGS = bindings(OVERVIEW)
    HERE = "app.show('overview')"

    def draw(self, cluster: Cluster, cells: int, rows: int) -> Picture:
        return overview(cluster, cells, rows, self.view, self.standing())

    def known(self) -> list[Ref]:
        if self.cluster is None:
            return []
        brief = self.size.width < WIDE_CELLS and not self.focus_on.zoomed
        return refs(self.cluster, self.focus_on, self.view, brief=brief)

    def action_pane(self, by: int) -> None:
        self.focus_on = other_pane(self.focus_on, by)

    def action_zoom(self) -> None:
        self.focus_on = replace(self.focus_on, zoomed=not self.focus_on.zoomed)

    def leave(self) -> None:
        """The overview is where every way back ends."""
        self.focus_on = replace(self.focus_on, zoomed=False)
