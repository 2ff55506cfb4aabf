"""A page of lines that is read and left again."""

from __future__ import annotations

from collections.abc import Hashable

from textual.reactive import var

from hydra_tui.core.cluster import Cluster
from hydra_tui.present.cells import Block, Run, cropped
from hydra_tui.present.picture import Picture
from hydra_tui.present.roles import Role
from hydra_tui.tui.keys import DETAIL
from hydra_tui.tui.screens.console import ConsoleScreen, bindings

MARGIN = 2


class PageScreen(ConsoleScreen):
    """Lines, scrolled when they are more than the screen holds."""

    ACTIONS = DETAIL
    BINDINGS = bindings(DETAIL)

    top: var[int] = var(0, init=False)

    _most = 0
    """The largest `top`, as of the last drawing."""

    def page(self, cluster: Cluster, cells: int) -> Block:
        """All lines; a page overrides this."""
        raise NotImplementedError

    def moment(self) -> Hashable:
        """A page tells ages in seconds."""
        return int(self.view.now)

    def watch_top(self) -> None:
        self.redraw()

    def draw(self, cluster: Cluster, cells: int, rows: int) -> Picture:
        room = cells - 2 * MARGIN
        lines = self.page(cluster, room)
        self._most = max(0, len(lines) - rows)
        top = min(self.top, self._most)
        margin = Run(" " * MARGIN)
        shown = [(margin, *cropped(line, room)) for line in lines[top : top + rows]]
        if top < self._most:
            shown[-1] = (Run(f"  … {len(lines) - top - rows + 1} more lines", Role.MUTED),)
        return Picture(tuple(shown))

    def action_scroll(self, by: int) -> None:
        self.top = max(0, min(self._most, self.top + by))

    def action_climb(self) -> None:
        self.dismiss()
