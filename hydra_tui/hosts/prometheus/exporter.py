"""What one look at a metrics server brought of one exporter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from hydra_tui.core.cluster import STALE_AFTER_INTERVALS
from hydra_tui.core.text import inert
from hydra_tui.hosts.prometheus.queries import LOOK_BACK_S, TAG
from hydra_tui.hosts.prometheus.reply import Series


@dataclass(frozen=True, slots=True)
class Exporter:
    """One target of the metrics server: one job at one instance."""

    instance: str
    """The value of the label that tells nodes apart; inert."""
    gauges: Mapping[str, tuple[Series, ...]]
    """By the metric's own name; `up` is not among them."""
    up: bool | None
    """Whether the server could read it the last time; `None` where the exporter pushes."""
    rates: Mapping[str, float]
    """By the tag of the second query."""
    at: float
    """When the server was asked, by its clock."""

    def gauge(self, name: str) -> float | None:
        """The one number of that name."""
        found = self.gauges.get(name)
        return found[0].value if found else None

    def text(self, name: str, label: str) -> str | None:
        """A label of a metric that is there for its labels."""
        found = self.gauges.get(name)
        return (found[0].label(label) or None) if found else None

    @property
    def seen_at(self) -> float:
        """When its newest sample was taken; where that is not told, now."""
        return self.rates.get("seen", self.at)

    @property
    def age_s(self) -> float:
        """Of its newest sample: both times are the server's, so no clock of ours can spoil it."""
        return max(0.0, self.at - self.seen_at)

    def is_late(self, interval_s: float) -> bool:
        """Whether that is more than some of our intervals, or of its own where those are longer."""
        own_s = LOOK_BACK_S / max(1.0, self.rates.get("samples", 1.0))
        return self.age_s > STALE_AFTER_INTERVALS * max(interval_s, own_s)


def exporters(levels: Iterable[Series], rates: Iterable[Series], node_label: str) -> Iterator[Exporter]:
    """Both answers sorted by exporter; series without the label belong to no node."""
    gauges: dict[tuple[str, str], dict[str, list[Series]]] = {}
    for each in levels:
        names = gauges.setdefault(_target(each, node_label), {})
        names.setdefault(each.labels.get("__name__", ""), []).append(each)
    tags: dict[tuple[str, str], dict[str, float]] = {}
    for each in rates:
        tags.setdefault(_target(each, node_label), {})[each.labels.get(TAG, "")] = each.value
    for (instance, job), found in gauges.items():
        if instance:
            yield _exporter(instance, found, tags.get((instance, job), {}))


def _target(series: Series, node_label: str) -> tuple[str, str]:
    return series.labels.get(node_label, ""), series.labels.get("job", "")


def _exporter(instance: str, found: Mapping[str, list[Series]], rates: Mapping[str, float]) -> Exporter:
    at = max(series[0].at for series in found.values())
    gauges = {name: tuple(series) for name, series in found.items() if name != "up"}
    up = found.get("up")
    return Exporter(inert(instance, 200), gauges, bool(up[0].value) if up else None, rates, at)
