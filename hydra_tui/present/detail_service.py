"""The page about a service: what it says of itself, its models, its routes."""

from __future__ import annotations

from collections.abc import Iterator

from hydra_tui.core.cluster import Cluster, Service
from hydra_tui.core.models import Model
from hydra_tui.core.quantity import Fact
from hydra_tui.present import units
from hydra_tui.present.cells import Line, Run
from hydra_tui.present.facts import label_of, value_of
from hydra_tui.present.gauges import sparkline
from hydra_tui.present.labelled import LABEL_CELLS, labelled, section
from hydra_tui.present.model_rows import model_rows, models_picture
from hydra_tui.present.roles import Role
from hydra_tui.present.view import View

HISTORY_CELLS = 60


def service_lines(cluster: Cluster, service: Service, cells: int, view: View) -> Iterator[Line]:
    """Everything of the newest reading."""
    yield labelled("kind", Run(service.title or service.kind))
    yield labelled("node", Run(service.node or units.NOTHING))
    yield labelled("version", Run(service.version or units.NOTHING))
    yield labelled("latency", Run(units.latency(service.latency_s, 0)))
    history = sparkline(service.latency.values, min(HISTORY_CELLS, cells - LABEL_CELLS), view.glyphs)
    yield labelled("", *history)
    yield from map(_fact, service.facts)
    yield from _models(cluster, service, cells, view)
    if service.routes:
        yield from section("routes")
    for route in service.routes:
        base = Run(f"  at {route.api_base or units.NOTHING}", Role.MUTED)
        yield labelled(route.alias, Run(route.model), base)


def _fact(fact: Fact) -> Line:
    return labelled(label_of(fact), Run(value_of(fact), Role.WARN if fact.bad else Role.TEXT))


def _models(cluster: Cluster, service: Service, cells: int, view: View) -> Iterator[Line]:
    rows = [each for each in model_rows(cluster) if each.service.name == service.name]
    if not rows:
        return
    yield from section("models")
    for each in rows:
        yield from models_picture([each], cells, view).lines
        if words := _loading(each.model):
            yield (Run(f"    {words}", Role.MUTED),)


def _loading(model: Model) -> str:
    """With what context it was loaded, and until when."""
    words = [f"{model.context_tokens} tokens of context"] if model.context_tokens else []
    if model.expires_at is not None:
        never = model.expires_at == float("inf")
        words.append("stays loaded" if never else f"unloads at {units.clock(model.expires_at)} when idle")
    return ", ".join(words)
