"""Keys and signs of what is being looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from hydra_tui.core.cluster import Cluster
from hydra_tui.core.quantity import Origin
from hydra_tui.core.state import State
from hydra_tui.present.cells import Block, Line, Run, cut
from hydra_tui.present.roles import Role
from hydra_tui.present.units import NOTHING, ORIGIN_GLYPHS
from hydra_tui.present.view import View, state_mark
from hydra_tui.tui.keys import EVERYWHERE, Action
from hydra_tui.tui.screens.page import PageScreen
from hydra_tui.tui.themes import Look

STATE_WORDS = {
    State.UP: "answers, and every fact is good",
    State.BUSY: "loading, warming up or rate-limited: it will answer by itself",
    State.DEGRADED: "answers, but a fact is bad",
    State.UNAUTHORISED: "refuses our key: probably well, but not ours to see",
    State.DOWN: "does not answer as it should",
    State.UNKNOWN: "not asked yet, or the last reading is too old",
}


class HelpScreen(PageScreen):
    """The actions of the screen it was opened on, and the legend."""

    def __init__(self, look: Look, view: View, cluster: Cluster | None, actions: Sequence[Action]) -> None:
        super().__init__(look, view, cluster)
        self._actions = actions

    def page(self, cluster: Cluster, cells: int) -> Block:
        return [*_keys((*self._actions, *EVERYWHERE)), *_states(self.view), *_numbers(self.view)]


def _title(text: str) -> Line:
    return (Run(text.upper(), Role.TITLE),)


def _keys(actions: Sequence[Action]) -> Iterator[Line]:
    for group, members in groupby(actions, key=lambda action: action.group):
        yield _title(group)
        for action in members:
            yield (
                Run(cut(action.shown, 10), Role.KEY),
                Run(cut(action.label, 12)),
                Run(action.tooltip, Role.MUTED),
            )
        yield ()


def _states(view: View) -> Iterator[Line]:
    yield _title("states")
    for state, words in STATE_WORDS.items():
        yield (state_mark(state, view.glyphs), Run("  " + cut(state.value, 14)), Run(words, Role.MUTED))
    yield ()


def _numbers(view: View) -> Iterator[Line]:
    rows = (
        ("8.1", "measured: a driver, a kernel, our own clock"),
        (f"{ORIGIN_GLYPHS[Origin.CLAIMED]}8.1", "claimed: a service or the configuration says so"),
        (f"{ORIGIN_GLYPHS[Origin.ESTIMATED]}8.1", "estimated: by a formula"),
        (NOTHING, "no reading, which is not zero"),
        (view.glyphs.stale, "stale: the last reading is too old to say what is"),
    )
    yield _title("numbers")
    for sign, words in rows:
        yield (Run(cut(sign, 17)), Run(words, Role.MUTED))
