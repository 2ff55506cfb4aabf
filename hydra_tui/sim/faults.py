"""What can go wrong on purpose, and the many ways to spell it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from hydra_tui.core.errors import HydraError
from hydra_tui.core.nearest import did_you_mean


class FaultRefused(HydraError):
    """No such fault, no such target, or not this fault on that target. The message lists what there is."""


class Fault(StrEnum):
    """One way of failing."""

    KILL = "kill"
    """A service's port is closed: connection refused."""
    SLOW = "slow"
    """A service answers late; a node's frames come late."""
    HANG = "hang"
    """Connections are accepted and nothing ever comes; those of a node freeze."""
    GARBAGE = "garbage"
    """200, and then nonsense."""
    UNAUTHORISED = "unauthorised"
    """No key is accepted any more."""
    ERROR = "error"
    """500 in the service's own shape."""
    UNREACHABLE = "unreachable"
    """A node is gone, and its services with it."""
    CHANGED_HOST_KEY = "changed-host-key"
    """A node answers with another key than the known one."""


SERVICE_FAULTS = (Fault.KILL, Fault.SLOW, Fault.HANG, Fault.GARBAGE, Fault.UNAUTHORISED, Fault.ERROR)
NODE_FAULTS = (Fault.UNREACHABLE, Fault.CHANGED_HOST_KEY, Fault.HANG, Fault.SLOW)

_SYNONYMS = {
    "host-unreachable": "unreachable",
    "down": "unreachable",
    "host-key": "changed-host-key",
    "host-key-changed": "changed-host-key",
    "hostkey": "changed-host-key",
    "new-host-key": "changed-host-key",
    "unauthorized": "unauthorised",
    "auth": "unauthorised",
    "401": "unauthorised",
    "500": "error",
    "freeze": "hang",
}

_ON_THE_OTHER = {"kill": "unreachable", "unreachable": "kill"}
"""For a node to be killed is to be unreachable, and the other way round for a service."""


def parse(word: str, allowed: Iterable[Fault]) -> Fault:
    """The fault that is meant, of those a target can have. Raises `FaultRefused`."""
    names = [fault.value for fault in allowed]
    spelt = "-".join(word.strip().lower().replace("_", " ").replace("-", " ").split())
    meant = _SYNONYMS.get(spelt, spelt)
    for name in (meant, _ON_THE_OTHER.get(meant)):
        if name in names:
            return Fault(name)
    raise FaultRefused(f"no fault `{word}` here: {', '.join(names)}{did_you_mean(meant, names)}")
