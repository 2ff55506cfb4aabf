"""The four panes of the overview, each drawn to whatever size it is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hydra_tui.core.cluster import Cluster
from hydra_tui.present.cells import Line, Run, fit, wrapped
from hydra_tui.present.charts import charted
from hydra_tui.present.event_rows import events_picture
from hydra_tui.present.focus import Focus, filtered
from hydra_tui.present.model_rows import in_memory, model_rows, models_picture
from hydra_tui.present.node_rows import name_cells, node_height, node_picture
from hydra_tui.present.picture import Picture, stacked, windowed
from hydra_tui.present.roles import Role
from hydra_tui.present.service_rows import compact, folded, grid, parted, troubled
from hydra_tui.present.view import View

ALL = 10_000
"""Rows without end: nothing is folded, and what does not fit in the end is counted."""


@dataclass(frozen=True, slots=True)
class Panes:
    """One cluster at one moment, as the operator looks at it."""

    cluster: Cluster
    """What the filter leaves."""
    whole: Cluster
    view: View
    focus: Focus
    chart_rows: int = 0
    """Lines of history under each node, where there is room to spare."""

    def body(self, pane: str, cells: int, rows: int = ALL) -> Picture:
        """Everything in it; one that knows it has only `rows` folds what would have no room."""
        return _BODIES[pane](self, cells, rows)

    def titled(self, pane: str, body: Picture, cells: int, rows: int) -> Picture:
        """A title, and as many lines of the body as fit below it."""
        if rows < 2:
            return Picture()
        return stacked([self._title(pane, cells), windowed(body, rows - 1, self.focus.cursor)])

    def draw(self, pane: str, cells: int, rows: int) -> Picture:
        """Title and body where nothing depends on how high the body is."""
        return self.titled(pane, self.body(pane, cells), cells, rows)

    def nodes_height(self, cells: int) -> int:
        """Lines of the nodes without charts: cheaper than drawing them."""
        own = sum(node_height(node, self.view) for node in self.cluster.nodes)
        return own + len(wrapped(self.whole.notice, cells))

    def _title(self, pane: str, cells: int) -> Picture:
        role = Role.ACCENT if pane == self.focus.pane else Role.TITLE
        line: Line = (Run(pane.upper(), role), Run(self._note(pane), Role.MUTED))
        return Picture((fit(line, cells),))

    def _note(self, pane: str) -> str:
        """Beside the title: how much a filter leaves."""
        if not self.focus.filter:
            return ""
        shown, there = _sizes(self.cluster)[pane], _sizes(self.whole)[pane]
        return f"  {shown} of {there} match “{self.focus.filter}”"


def panes(cluster: Cluster, view: View, focus: Focus, chart_rows: int = 0) -> Panes:
    """The panes of a cluster, filtered."""
    return Panes(filtered(cluster, focus), cluster, view, focus, chart_rows)


def _sizes(cluster: Cluster) -> dict[str, int]:
    return {
        "nodes": len(cluster.nodes),
        "services": len(cluster.services),
        "models": sum(len(service.models) for service in cluster.services),
        "events": len(cluster.events),
    }


def _words(text: str, cells: int) -> Picture:
    return Picture(tuple((Run(line, Role.MUTED),) for line in wrapped(text, cells)))


def _nodes(panes: Panes, cells: int, rows: int) -> Picture:
    nodes = panes.cluster.nodes
    width = name_cells(nodes)
    pictures = [
        picture
        for node in nodes
        for picture in (
            node_picture(node, cells, panes.view, width),
            charted(node, cells, panes.chart_rows, panes.view),
        )
    ]
    notice = _words(panes.whole.notice, cells)
    return stacked([*pictures, notice]) if pictures or notice.lines else _words("none", cells)


def _services(panes: Panes, cells: int, rows: int) -> Picture:
    services = panes.cluster.services
    if not services:
        return _words("none" if panes.focus.filter else "no service answers here", cells)
    if rows >= ALL:
        return grid(services, cells, panes.view)
    bad, well = parted(services, panes.view)
    listed, calm = troubled(bad, cells, panes.view), folded(well, cells, panes.view)
    if listed.height + calm.height > rows:
        calm = compact(well, cells, panes.view)
    return stacked([listed, calm])


def _models(panes: Panes, cells: int, rows: int) -> Picture:
    listed = model_rows(panes.cluster)
    shown = listed if rows >= ALL else in_memory(listed)
    if not shown:
        words = f"nothing in memory, {len(listed)} on disk" if listed else "no engine lists a model"
        return _words(words, cells)
    return models_picture(shown, cells, panes.view)


def _events(panes: Panes, cells: int, rows: int) -> Picture:
    events = panes.cluster.events
    return events_picture(panes.cluster, cells) if events else _words("nothing has changed yet", cells)


_BODIES: dict[str, Callable[[Panes, int, int], Picture]] = {
    "nodes": _nodes,
    "services": _services,
    "models": _models,
    "events": _events,
}
