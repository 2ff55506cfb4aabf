"""The page about one node or service."""

from __future__ import annotations

from hydra_tui.core.cluster import Cluster
from hydra_tui.present.cells import Block
from hydra_tui.present.detail import detail
from hydra_tui.present.picture import Ref
from hydra_tui.present.view import View
from hydra_tui.tui.screens.page import PageScreen
from hydra_tui.tui.themes import Look


class DetailScreen(PageScreen):
    """All that is known of what the cursor was on."""

    def __init__(self, look: Look, view: View, cluster: Cluster | None, ref: Ref) -> None:
        super().__init__(look, view, cluster)
        self._ref = ref

    def page(self, cluster: Cluster, cells: int) -> Block:
        return detail(cluster, self._ref, cells, self.view)
