"""What an error means for the state, and which state is the more alarming one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from hydra_tui.core import errors
from hydra_tui.core.errors import TargetError
from hydra_tui.core.state import SEVERITY, State, severity, state_of, worst

STATES = {
    errors.TargetError: State.DOWN,
    errors.Unreachable: State.DOWN,
    errors.NameNotResolved: State.DOWN,
    errors.ConnectionRefused: State.DOWN,
    errors.NoAnswer: State.DOWN,
    errors.ConnectionLost: State.DOWN,
    errors.TlsFailed: State.DOWN,
    errors.CommandMissing: State.DOWN,
    errors.HostKeyRefused: State.DOWN,
    errors.HostKeyUnknown: State.DOWN,
    errors.HostKeyChanged: State.DOWN,
    errors.HostKeyRevoked: State.DOWN,
    errors.Unauthorised: State.UNAUTHORISED,
    errors.NotReady: State.BUSY,
    errors.RateLimited: State.BUSY,
    errors.NotFound: State.DOWN,
    errors.ServiceFailed: State.DOWN,
    errors.NothingKnown: State.UNKNOWN,
    errors.MalformedReply: State.DOWN,
    errors.ReplyTooLarge: State.DOWN,
}


def below(root: type[TargetError]) -> Iterator[type[TargetError]]:
    yield root
    for child in root.__subclasses__():
        yield from below(child)


@pytest.mark.parametrize(("error", "state"), STATES.items())
def test_an_error_stands_for_a_state(error: type[TargetError], state: State) -> None:
    assert state_of(error("in words")) is state


def test_the_table_above_forgets_no_error() -> None:
    assert {error for error in below(TargetError) if error.__module__ == errors.__name__} == set(STATES)


def test_every_state_has_its_rank() -> None:
    assert sorted(SEVERITY) == sorted(State)
    assert [severity(state) for state in SEVERITY] == list(range(len(State)))


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ((), State.UP),
        ((State.UP,), State.UP),
        ((State.UP, State.BUSY), State.BUSY),
        ((State.UNKNOWN, State.BUSY), State.UNKNOWN),
        ((State.UNKNOWN, State.DEGRADED), State.DEGRADED),
        ((State.UNAUTHORISED, State.DEGRADED), State.UNAUTHORISED),
        ((State.DOWN, State.UNAUTHORISED, State.UP), State.DOWN),
    ],
)
def test_the_most_alarming_state_counts(states: tuple[State, ...], expected: State) -> None:
    assert worst(*states) is expected
