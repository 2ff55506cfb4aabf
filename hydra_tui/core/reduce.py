"""A reading applied to what was known: the only way a node or a service changes."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from hydra_tui.core.cluster import Node, Service, is_stale
from hydra_tui.core.host import HostSample
from hydra_tui.core.models import Model, Residency
from hydra_tui.core.readings import Findings, Reading
from hydra_tui.core.series import Series
from hydra_tui.core.state import State

Aged = TypeVar("Aged", bound=Node | Service)


def next_node(node: Node, reading: Reading) -> Node:
    """The node after this reading. A failed one keeps the last sample: its age tells."""
    sample = reading.found if isinstance(reading.found, HostSample) else None
    return replace(
        node,
        at=reading.at,
        state=reading.state,
        reason=reading.reason,
        since=node.since if node.state is reading.state else reading.at,
        due=reading.due,
        sample=sample or node.sample,
        cpu=node.cpu.add(reading.at, sample.cpu_percent if sample else None),
        gpu_utilisation=_utilisations(node, sample, reading.at),
    )


def _utilisations(node: Node, sample: HostSample | None, at: float) -> tuple[Series, ...]:
    gpus = sample.gpus if sample else node.gpus
    before = node.gpu_utilisation
    if len(before) != len(gpus):
        before = (Series(),) * len(gpus)
    values = [gpu.utilisation_percent if sample else None for gpu in gpus]
    return tuple(series.add(at, value) for series, value in zip(before, values, strict=True))


def next_service(service: Service, reading: Reading) -> Service:
    """The service after this reading. What a failed one did not confirm is no longer shown as fact."""
    found = reading.found if isinstance(reading.found, Findings) else None
    after = replace(
        service,
        at=reading.at,
        state=reading.state,
        reason=reading.reason,
        since=service.since if service.state is reading.state else reading.at,
        due=reading.due,
        latency_s=reading.latency_s,
        latency=service.latency.add(reading.at, reading.latency_s),
    )
    if found is None:
        return replace(after, facts=(), models=tuple(map(_unconfirmed, service.models)))
    return replace(
        after,
        version=found.version or service.version,
        facts=found.facts,
        models=tuple(map(_unconfirmed, service.models)) if found.models is None else found.models,
        routes=service.routes if found.routes is None else found.routes,
    )


def _unconfirmed(model: Model) -> Model:
    return replace(model, residency=Residency.UNKNOWN)


def aged(target: Aged, now: float) -> Aged:
    """The target as it may be shown at `now`: unknown when its last reading is too old.

    A failing target is asked less often than its interval says: it ages from when it is asked again.
    """
    if target.at is None or not is_stale(max(target.at, target.due or 0.0), target.interval_s, now):
        return target
    age = f"no reading for {now - target.at:.0f} s"
    return replace(target, state=State.UNKNOWN, reason=f"{age}; it was {target.state.value} then")
