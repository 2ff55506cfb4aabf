"""Clusters at the edges: nothing, far too much, names that no one would choose, readings that never came."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

from hydra_tui.core.cluster import Cluster, Layer, Service
from hydra_tui.core.gpu import Gpu
from hydra_tui.core.host import HostSample
from hydra_tui.core.quantity import Fact
from hydra_tui.core.state import State
from hydra_tui.core.text import inert
from tests.clusters import NOW, gpu, host, hydra, node, series, service, troubled

LONG_NOTICE = (
    "only this machine; to watch others: hydra-tui config init, then edit "
    "/home/someone/.config/hydra-tui/config.yaml"
)


def many_gpus() -> Cluster:
    """40 nodes with 8 GPUs each."""
    gpus = tuple(gpu(index, "B200 SXM6 192GB", 196_608, 100.0 + index) for index in range(8))
    sample = host(3, 1, (1000.0, 2015.5), 50, *gpus)
    return Cluster("farm", NOW, tuple(node(f"node-{number:02}", sample) for number in range(40)))


def _listed(number: int, layer: Layer, *, down: bool) -> Service:
    well = service(f"svc-{number:03}", "http", "hydra-ai", layer, 3.0, Fact("queue_requests", number))
    if not down:
        return well
    reason = "connection refused by 192.0.2.1:80"
    return replace(well, state=State.DOWN, reason=reason, latency_s=None, facts=())


def many_services(down_every: int = 60, layers: tuple[Layer, ...] = tuple(Layer)) -> Cluster:
    """300 services on those layers, one in `down_every` of them down."""
    services = (
        _listed(number, layers[number % len(layers)], down=number % down_every == 0) for number in range(300)
    )
    return replace(hydra(), services=tuple(services))


def renamed(rename: Callable[[str], str]) -> Cluster:
    """The troubled cluster, more often in trouble, with other names for nodes, services and models."""
    cluster = troubled()
    return replace(
        cluster,
        nodes=tuple(replace(each, name=rename(each.name)) for each in cluster.nodes),
        services=tuple(
            replace(
                each,
                name=rename(each.name),
                models=tuple(replace(model, name=rename(model.name)) for model in each.models),
            )
            for each in cluster.services
        ),
        events=cluster.events * 30,
        notice=rename(LONG_NOTICE),
    )


def never_read() -> Cluster:
    """Everything is said to be up, and there is not one number."""
    cluster = hydra()
    return replace(
        cluster,
        nodes=tuple(replace(each, sample=None, gpu_utilisation=()) for each in cluster.nodes),
        services=tuple(
            replace(each, facts=(), latency_s=None, version=None, models=()) for each in cluster.services
        ),
    )


def mute_drivers() -> Cluster:
    """GPUs of which nothing is known but that they are there."""
    cluster = hydra()
    sample = HostSample(at=NOW - 1, gpus=(Gpu(0, "", ""), Gpu(1, "", "")))
    nodes = (replace(each, sample=sample, gpu_utilisation=(series(), series(None))) for each in cluster.nodes)
    return replace(cluster, nodes=tuple(nodes))


EXTREMES: dict[str, Callable[[], Cluster]] = {
    "hydra": hydra,
    "troubled": troubled,
    "empty": lambda: Cluster("empty", NOW, notice=LONG_NOTICE),
    "40 nodes with 8 GPUs": many_gpus,
    "300 services": many_services,
    "300 services on one layer": lambda: many_services(layers=(Layer.OTHER,)),
    "300 services, all down": lambda: many_services(down_every=1),
    "names of 60 characters": lambda: renamed(lambda name: name.ljust(60, "x")),
    "names in CJK": lambda: renamed(lambda name: "計算機" * 8 + name),
    "names with controls": lambda: renamed(lambda name: inert(f"\x1b[31m\r\n\u202e{name}\x00")),
    "names with marks": lambda: renamed(lambda name: inert(f"{name}q\u0301\u2764\ufe0f👍🏽")),
    "never read": never_read,
    "mute drivers": mute_drivers,
}


@cache
def extreme(name: str) -> Cluster:
    """That cluster, made once: it is a value."""
    return EXTREMES[name]()
