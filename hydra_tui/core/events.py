"""What changed between two looks, as lines an operator reads."""

from __future__ import annotations

from dataclasses import dataclass

from hydra_tui.core.state import State


@dataclass(frozen=True, slots=True)
class Event:
    """One change worth a line. `subject` is the node or service it is about."""

    at: float
    subject: str
    what: str
    """A word: a state, `loaded`, `unloaded`, `restarted`."""
    detail: str = ""
    state: State = State.UP
    """How alarming: the colour of the line."""
