"""What is known now: readings go in, clusters come out."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from hydra_tui.core.changes import events
from hydra_tui.core.cluster import Cluster, Node, Service
from hydra_tui.core.events import Event
from hydra_tui.core.readings import Reading
from hydra_tui.core.reduce import next_node, next_service

EVENTS_KEPT = 500


@dataclass(frozen=True, slots=True)
class Update:
    """The newest cluster, and the events since the update before: states win, events accumulate."""

    cluster: Cluster
    news: tuple[Event, ...]


class Store:
    """The one place where the cluster changes."""

    def __init__(self, name: str, *, simulated: bool = False, notice: str = "") -> None:
        self._name = name
        self._simulated = simulated
        self._notice = notice
        self._nodes: dict[str, Node] = {}
        self._services: dict[str, Service] = {}
        self._events: deque[Event] = deque(maxlen=EVENTS_KEPT)
        self._news: deque[Event] = deque(maxlen=EVENTS_KEPT)

    def add(self, seed: Node | Service) -> None:
        """Know of a target from now on."""
        if isinstance(seed, Node):
            self._nodes[seed.name] = seed
        else:
            self._services[seed.name] = seed

    def apply(self, reading: Reading) -> Sequence[Event]:
        """Take a reading in; the news that it made."""
        news: list[Event] = []
        if (node := self._nodes.get(reading.name)) is not None:
            self._nodes[node.name] = seen = next_node(node, reading)
            news = events(node, seen)
        elif (service := self._services.get(reading.name)) is not None:
            self._services[service.name] = probed = next_service(service, reading)
            news = events(service, probed)
        self._events.extend(news)
        self._news.extend(news)
        return news

    def cluster(self, at: float) -> Cluster:
        """All that is known, as a value."""
        return Cluster(
            self._name,
            at,
            tuple(self._nodes.values()),
            tuple(self._services.values()),
            tuple(self._events),
            self._simulated,
            self._notice,
        )

    def take(self, at: float) -> Update:
        """The cluster with the news since the last `take`."""
        news = tuple(self._news)
        self._news.clear()
        return Update(self.cluster(at), news)
