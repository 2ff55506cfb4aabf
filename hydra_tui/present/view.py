"""What a drawing needs to know besides the thing it draws."""

from __future__ import annotations

from dataclasses import dataclass

from hydra_tui.core.cluster import Node, Service
from hydra_tui.core.reduce import aged
from hydra_tui.core.state import State
from hydra_tui.present.cells import Line, Run
from hydra_tui.present.glyphs import BLOCK, Glyphs
from hydra_tui.present.roles import STATE_ROLES, Role


@dataclass(frozen=True, slots=True)
class View:
    """The moment, and the alphabet."""

    now: float
    """Seconds since the epoch, for ages."""
    glyphs: Glyphs = BLOCK


def state_mark(state: State, glyphs: Glyphs) -> Run:
    """The shape and colour of a state."""
    return Run(glyphs.states[state], STATE_ROLES[state])


def is_read(node: Node, view: View) -> bool:
    """Whether the numbers of its newest sample may be shown as what is."""
    return node.sample is not None and aged(node, view.now).state in (State.UP, State.DEGRADED)


def named(target: Node | Service, view: View) -> Line:
    """State and name, as every row begins."""
    shown = aged(target, view.now)
    strength = Role.STRONG if shown.state is State.UP else STATE_ROLES[shown.state]
    return (state_mark(shown.state, view.glyphs), Run(" "), Run(shown.name, strength))


def trouble(target: Node | Service, view: View) -> Line:
    """Why it is not simply up; empty when it is."""
    shown = aged(target, view.now)
    if shown.state is State.UP:
        return ()
    stale = f"{view.glyphs.stale} " if shown.state is State.UNKNOWN and shown.at is not None else ""
    return (Run(f"{stale}{shown.reason}", STATE_ROLES[shown.state]),)
