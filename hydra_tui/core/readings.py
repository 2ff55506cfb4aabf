"""What one look at a target gave: the values that pollers publish."""

from __future__ import annotations

from dataclasses import dataclass, field

from hydra_tui.core.host import HostSample
from hydra_tui.core.models import Model, Route
from hydra_tui.core.quantity import Fact
from hydra_tui.core.state import State


@dataclass(frozen=True, slots=True)
class Findings:
    """What a service said when it was probed. An adapter returns this or raises a `TargetError`."""

    version: str | None = None
    facts: tuple[Fact, ...] = ()
    """The first one is the headline that a narrow row shows."""
    models: tuple[Model, ...] | None = None
    """`None` where the kind hosts no models, or could not be asked this time."""
    routes: tuple[Route, ...] | None = None
    state: State = State.UP
    reason: str = ""
    latency_s: float | None = field(default=None, compare=False)
    """How long one answer took, by our clock; the whole look is timed where the adapter does not say."""


Found = HostSample | Findings
"""What a look at a node, or at a service, brings back."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One look at a target, good or bad."""

    name: str
    at: float
    """When it came in: seconds since the epoch, by our clock."""
    state: State
    reason: str = ""
    latency_s: float | None = None
    """How long the look took, by our clock; `None` when it brought nothing back."""
    found: Found | None = None
    due: float | None = None
    """By when the next one comes, where a failing target is given longer than its interval."""
