"""What differs between two looks at the same thing."""

from __future__ import annotations

from hydra_tui.core.cluster import Node, Service
from hydra_tui.core.events import Event
from hydra_tui.core.models import Model, Residency
from hydra_tui.core.state import State


def state_event(before: Node | Service, after: Node | Service) -> Event | None:
    """An event when the state changed; being found well at first sight is no news."""
    if before.state is after.state or after.at is None:
        return None
    if before.state is State.UNKNOWN and before.at is None and after.state is State.UP:
        return None
    return Event(after.at, after.name, after.state.value, _detail(before, after), after.state)


def _detail(before: Node | Service, after: Node | Service) -> str:
    if after.state is not State.UP or before.since is None or after.at is None:
        return after.reason
    return f"after {duration(after.at - before.since)} {before.state.value}"


def duration(seconds: float) -> str:
    """Two figures at most: `41 s`, `3 min`, `2.5 h`, `12 d`."""
    if seconds < 99.5:
        return f"{max(0.0, seconds):.0f} s"
    if seconds < 99.5 * 60:
        return f"{seconds / 60:.0f} min"
    if seconds < 48 * 3600:
        hours = seconds / 3600
        return f"{hours:.1f} h" if hours < 9.95 else f"{hours:.0f} h"
    return f"{seconds / 86400:.0f} d"


def events(before: Node | Service, after: Node | Service) -> list[Event]:
    """Everything worth a line between two looks at the same thing."""
    changed = state_event(before, after)
    models = model_events(before, after) if isinstance(before, Service) and isinstance(after, Service) else []
    return [changed, *models] if changed else models


def model_events(before: Service, after: Service) -> list[Event]:
    """An event per model that came into memory or left it, where both readings could tell."""
    # A look that brought nothing back has no latency: it knew of no model.
    if before.latency_s is None or after.at is None:
        return []
    was, now = _loaded(before.models), _loaded(after.models)
    unsure = {model.name for model in (*before.models, *after.models) if model.residency is Residency.UNKNOWN}
    was, now = was - unsure, now - unsure
    came = [Event(after.at, after.name, "loaded", name) for name in sorted(now - was)]
    left = [Event(after.at, after.name, "unloaded", name) for name in sorted(was - now)]
    return left + came


def _loaded(models: tuple[Model, ...]) -> set[str]:
    return {model.name for model in models if model.residency is Residency.LOADED}
