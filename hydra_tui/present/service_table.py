"""Services as the columns of a printed table."""

from __future__ import annotations

from hydra_tui.core.cluster import Service
from hydra_tui.present import units
from hydra_tui.present.cells import Line, Run
from hydra_tui.present.facts import fact_text
from hydra_tui.present.roles import STATE_ROLES, Role
from hydra_tui.present.table import Column
from hydra_tui.present.view import View, named


def service_columns(at: float) -> tuple[Column[Service], ...]:
    """Name, state, kind, node, latency, version, and facts or the reason."""
    view = View(at)
    return (
        Column("  SERVICE", 20, 0, lambda service: named(service, view)),
        Column("STATE", 12, 0, lambda service: (Run(service.state.value, STATE_ROLES[service.state]),)),
        Column("KIND", 12, 3, lambda service: (Run(service.kind, Role.MUTED),)),
        Column("NODE", 16, 2, lambda service: (Run(service.node, Role.MUTED),)),
        Column("LATENCY", 7, 1, lambda service: (Run(units.latency(service.latency_s)),)),
        Column("VERSION", 14, 4, lambda service: (Run(service.version or "", Role.MUTED),)),
        Column("FACTS", 24, 0, _facts, stretch=True),
    )


def _facts(service: Service) -> Line:
    if service.reason:
        return (Run(service.reason, STATE_ROLES[service.state]),)
    return (Run(", ".join(map(fact_text, service.facts)), Role.MUTED),)
