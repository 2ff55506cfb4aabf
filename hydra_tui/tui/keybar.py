"""The one line at the bottom of every screen."""

from __future__ import annotations

from collections.abc import Iterable

from hydra_tui.present.cells import Line, Run, spread, width
from hydra_tui.present.roles import Role
from hydra_tui.tui.keys import Action

GAP = "  "


def keybar(actions: Iterable[Action], cells: int) -> Line:
    """The keys that matter here, as many as fit; the way out stays at the right end."""
    shown = [action for action in actions if action.on_bar]
    *others, last = (_piece(action) for action in shown)
    line: list[Run] = [Run(" ")]
    for piece in others:
        if width((*line, *piece, *last)) + len(GAP) + 1 > cells:
            break
        line.extend((*piece, Run(GAP)))
    return spread(tuple(line), (*last, Run(" ")), cells)


def _piece(action: Action) -> Line:
    key = action.shown.split(" ", 1)[0]
    return (Run(key, Role.KEY), Run(f" {action.label}", Role.MUTED))
