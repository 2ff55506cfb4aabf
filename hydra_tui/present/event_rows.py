"""What just changed, newest first."""

from __future__ import annotations

from hydra_tui.core.cluster import Cluster
from hydra_tui.core.events import Event
from hydra_tui.present import units
from hydra_tui.present.cells import Line, Run, cut, fit
from hydra_tui.present.picture import Picture
from hydra_tui.present.roles import STATE_ROLES, Role


def event_row(event: Event) -> Line:
    """`14:01:07  miniflux  degraded  3 feeds failing`."""
    return (
        Run(units.clock(event.at), Role.MUTED),
        Run("  " + cut(event.subject, 16) + "  "),
        Run(cut(event.what, 12), STATE_ROLES[event.state]),
        Run("  " + event.detail, Role.MUTED),
    )


def events_picture(cluster: Cluster, cells: int) -> Picture:
    """A line an event, the newest on top."""
    return Picture(tuple(fit(event_row(event), cells) for event in reversed(cluster.events)))
