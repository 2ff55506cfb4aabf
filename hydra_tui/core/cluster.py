"""The cluster as it is known at one moment: what the faces draw."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from hydra_tui.core.events import Event
from hydra_tui.core.gpu import Gpu
from hydra_tui.core.host import HostSample
from hydra_tui.core.models import Model, Route
from hydra_tui.core.quantity import Fact
from hydra_tui.core.series import Series
from hydra_tui.core.state import State, worst

STALE_AFTER_INTERVALS = 3
"""A reading older than this many intervals no longer says what is."""


class Layer(StrEnum):
    """Where a service stands in the architecture; the order in which a screen groups them."""

    INTERFACE = "interface"
    ROUTING = "routing"
    INFERENCE = "inference"
    STORAGE = "storage"
    AUGMENTATION = "augmentation"
    AUTOMATION = "automation"
    MONITORING = "monitoring"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Node:
    """A machine: who it is, what was last read, and how that came to be."""

    name: str
    interval_s: float
    address: str = ""
    """How it is reached, as the operator wrote it; `local` for this machine."""
    source: str = ""
    """Where its numbers come from: `ssh`, `local` or `prometheus`."""
    at: float | None = None
    """When the newest reading came; `None` before the first."""
    state: State = State.UNKNOWN
    reason: str = "not asked yet"
    since: float | None = None
    """When it came into this state."""
    due: float | None = None
    """By when the next reading comes, where that is not a matter of the interval."""
    sample: HostSample | None = None
    """The newest sample, kept while the node cannot be read: look at its age."""
    cpu: Series = field(default_factory=Series)
    """Busy percent, newest last."""
    gpu_utilisation: tuple[Series, ...] = ()
    """Percent per GPU, in the order of `sample.gpus`."""

    @property
    def gpus(self) -> tuple[Gpu, ...]:
        """The GPUs of the newest sample."""
        return self.sample.gpus if self.sample else ()


@dataclass(frozen=True, slots=True)
class Service:
    """A service: who it is, what was last read, and how that came to be."""

    name: str
    kind: str
    interval_s: float
    node: str = ""
    """The name of the node it runs on; empty when it is nobody's."""
    layer: Layer = Layer.OTHER
    address: str = ""
    title: str = ""
    gpus: tuple[int, ...] = ()
    """The GPU indices it was given, by the configuration; empty is unknown."""
    held_by: str = ""
    """What keeps it and its log, by the configuration: `systemd:ollama.service`; empty is unknown."""
    at: float | None = None
    state: State = State.UNKNOWN
    reason: str = "not asked yet"
    since: float | None = None
    due: float | None = None
    latency_s: float | None = None
    version: str | None = None
    facts: tuple[Fact, ...] = ()
    models: tuple[Model, ...] = ()
    routes: tuple[Route, ...] = ()
    latency: Series = field(default_factory=Series)
    """Seconds, newest last; a gap where the probe failed."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Everything that is known at `at`. Compared by value; replaced, never changed."""

    name: str
    at: float
    nodes: tuple[Node, ...] = ()
    services: tuple[Service, ...] = ()
    events: tuple[Event, ...] = field(default=())
    """Newest last, bounded."""
    simulated: bool = False
    notice: str = ""
    """A standing word to the operator, such as how to add nodes."""

    @property
    def state(self) -> State:
        """The worst of all."""
        return worst(*(node.state for node in self.nodes), *(service.state for service in self.services))

    @property
    def complete(self) -> bool:
        """Whether every target was asked at least once."""
        return all(node.at is not None for node in self.nodes) and all(
            service.at is not None for service in self.services
        )

    def service_states(self) -> Counter[State]:
        """How many services are in each state."""
        return Counter(service.state for service in self.services)


def is_stale(at: float | None, interval_s: float, now: float) -> bool:
    """Whether a reading is too old to be shown as what is. A target never read is not stale but unknown."""
    return at is not None and now - at > STALE_AFTER_INTERVALS * max(interval_s, 1.0)


def stale_names(cluster: Cluster, now: float) -> frozenset[str]:
    """The nodes and services whose newest reading is too old."""
    nodes = (node.name for node in cluster.nodes if is_stale(node.at, node.interval_s, now))
    services = (each.name for each in cluster.services if is_stale(each.at, each.interval_s, now))
    return frozenset((*nodes, *services))


def vram(nodes: tuple[Node, ...]) -> tuple[int, int]:
    """(used, total) bytes over every GPU whose driver gave both."""
    gpus = [gpu for node in nodes for gpu in node.gpus if gpu.vram_free_bytes is not None]
    return (
        sum(gpu.vram_used_bytes or 0 for gpu in gpus),
        sum(gpu.vram_total_bytes or 0 for gpu in gpus),
    )
