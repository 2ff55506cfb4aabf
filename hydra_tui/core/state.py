"""The states of a service or node, and how an error becomes one."""

from __future__ import annotations

from enum import StrEnum

from hydra_tui.core.errors import NothingKnown, NotReady, TargetError, Unauthorised


class State(StrEnum):
    """What the last reading says; always carried with a reason in words."""

    UP = "up"
    BUSY = "busy"
    """Loading, warming up or rate-limited: it will answer by itself."""
    DEGRADED = "degraded"
    """It answers, but a fact is bad."""
    UNAUTHORISED = "unauthorised"
    """401 or 403 with our credentials: probably healthy, but not ours to see."""
    DOWN = "down"
    UNKNOWN = "unknown"
    """Never asked, or the last reading is too old to say, or whoever tells of it tells nothing."""


SEVERITY: tuple[State, ...] = (
    State.UP,
    State.BUSY,
    State.UNKNOWN,
    State.DEGRADED,
    State.UNAUTHORISED,
    State.DOWN,
)
"""From calm to alarming."""


def severity(state: State) -> int:
    """A rank to sort by: 0 is calm."""
    return SEVERITY.index(state)


def worst(*states: State) -> State:
    """The most alarming of them; `UP` when there is none."""
    return max(states, key=severity, default=State.UP)


def state_of(error: TargetError) -> State:
    """The state that an error stands for. Its reason is the error's message."""
    match error:
        case Unauthorised():
            return State.UNAUTHORISED
        case NotReady():
            return State.BUSY
        case NothingKnown():
            return State.UNKNOWN
        case _:
            return State.DOWN
