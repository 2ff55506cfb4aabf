"""Faults in every spelling that an operator may try."""

from __future__ import annotations

import pytest

from hydra_tui.sim.faults import NODE_FAULTS, SERVICE_FAULTS, Fault, FaultRefused, parse


@pytest.mark.parametrize(
    ("word", "allowed", "fault"),
    [
        ("kill", SERVICE_FAULTS, Fault.KILL),
        ("KILL ", SERVICE_FAULTS, Fault.KILL),
        ("unreachable", SERVICE_FAULTS, Fault.KILL),
        ("unauthorized", SERVICE_FAULTS, Fault.UNAUTHORISED),
        ("unauthorised", SERVICE_FAULTS, Fault.UNAUTHORISED),
        ("500", SERVICE_FAULTS, Fault.ERROR),
        ("kill", NODE_FAULTS, Fault.UNREACHABLE),
        ("host-unreachable", NODE_FAULTS, Fault.UNREACHABLE),
        ("host_unreachable", NODE_FAULTS, Fault.UNREACHABLE),
        ("changed-host-key", NODE_FAULTS, Fault.CHANGED_HOST_KEY),
        ("changed host key", NODE_FAULTS, Fault.CHANGED_HOST_KEY),
        ("Host-Key", NODE_FAULTS, Fault.CHANGED_HOST_KEY),
        ("slow", NODE_FAULTS, Fault.SLOW),
        ("hang", NODE_FAULTS, Fault.HANG),
    ],
)
def test_a_fault_is_understood(word: str, allowed: tuple[Fault, ...], fault: Fault) -> None:
    assert parse(word, allowed) is fault


@pytest.mark.parametrize(
    ("word", "allowed", "told"),
    [
        ("garbge", SERVICE_FAULTS, "did you mean `garbage`"),
        ("garbage", NODE_FAULTS, "unreachable, changed-host-key, hang, slow"),
        ("", SERVICE_FAULTS, "kill, slow, hang, garbage, unauthorised, error"),
    ],
)
def test_another_word_is_answered_with_those_there_are(
    word: str, allowed: tuple[Fault, ...], told: str
) -> None:
    with pytest.raises(FaultRefused) as refused:
        parse(word, allowed)
    assert told in str(refused.value)
