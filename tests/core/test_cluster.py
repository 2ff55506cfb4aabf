"""What is said of the whole, out of its parts."""

from __future__ import annotations

import pytest

from hydra_tui.core.cluster import Cluster, Layer, Node, Service, is_stale, vram
from hydra_tui.core.gpu import Gpu
from hydra_tui.core.host import HostSample
from hydra_tui.core.state import State

GIB = 2**30


def node(name: str = "hydra-ai", state: State = State.UP, at: float | None = 1.0, *gpus: Gpu) -> Node:
    return Node(name, 2.0, at=at, state=state, sample=HostSample(1.0, gpus=gpus) if gpus else None)


def service(name: str = "ollama", state: State = State.UP, at: float | None = 1.0) -> Service:
    return Service(name, "ollama", 5.0, at=at, state=state)


@pytest.mark.parametrize(
    ("nodes", "services", "state"),
    [
        ((), (), State.UP),
        ((node(),), (service(),), State.UP),
        ((node(),), (service(), service("tabby", State.DOWN)), State.DOWN),
        ((node(state=State.DEGRADED),), (service(state=State.BUSY),), State.DEGRADED),
        ((node(state=State.DOWN),), (service(),), State.DOWN),
        ((), (service(state=State.UNKNOWN),), State.UNKNOWN),
    ],
)
def test_a_cluster_is_as_well_as_its_worst_part(
    nodes: tuple[Node, ...], services: tuple[Service, ...], state: State
) -> None:
    assert Cluster("hydra", 1.0, nodes, services).state is state


@pytest.mark.parametrize(
    ("nodes", "services", "complete"),
    [
        ((), (), True),
        ((node(),), (service(),), True),
        ((node(at=None),), (service(),), False),
        ((node(),), (service(), service(at=None)), False),
        ((node(at=0.0),), (service(state=State.DOWN),), True),
    ],
)
def test_a_cluster_is_complete_when_every_target_was_asked(
    nodes: tuple[Node, ...], services: tuple[Service, ...], complete: bool
) -> None:
    assert Cluster("hydra", 1.0, nodes, services).complete is complete


def test_services_are_counted_by_state() -> None:
    services = (service("a"), service("b"), service("c", State.DOWN))
    counted = Cluster("hydra", 1.0, (node(state=State.DEGRADED),), services).service_states()
    assert counted == {State.UP: 2, State.DOWN: 1}
    assert counted[State.BUSY] == 0


@pytest.mark.parametrize(
    ("nodes", "total"),
    [
        ((), (0, 0)),
        ((node(),), (0, 0)),
        (
            (
                node(
                    "a", State.UP, 1.0, Gpu(0, "", "L40S", 48 * GIB, 10 * GIB), Gpu(1, "", "T4", 16 * GIB, 0)
                ),
                node("b", State.DOWN, 1.0, Gpu(0, "", "L4", 24 * GIB, 24 * GIB)),
            ),
            (34 * GIB, 88 * GIB),
        ),
        (
            (
                node(
                    "a",
                    State.UP,
                    1.0,
                    Gpu(0, "", "L40S", 48 * GIB, None),
                    Gpu(1, "", "GB10", None, 7 * GIB),
                    Gpu(2, "", "T4", 16 * GIB, 2 * GIB),
                ),
            ),
            (2 * GIB, 16 * GIB),
        ),
    ],
)
def test_vram_is_summed_over_the_gpus_that_tell_both(nodes: tuple[Node, ...], total: tuple[int, int]) -> None:
    assert vram(nodes) == total


@pytest.mark.parametrize(
    ("at", "interval_s", "now", "stale"),
    [
        (None, 5.0, 1000.0, False),
        (100.0, 5.0, 115.0, False),
        (100.0, 5.0, 115.1, True),
        (100.0, 0.5, 103.0, False),
        (100.0, 0.5, 103.1, True),
        (100.0, 5.0, 90.0, False),
    ],
)
def test_a_reading_is_stale_after_three_intervals(
    at: float | None, interval_s: float, now: float, stale: bool
) -> None:
    assert is_stale(at, interval_s, now) is stale


def test_layers_come_in_the_order_of_the_architecture() -> None:
    assert list(Layer) == [
        "interface",
        "routing",
        "inference",
        "storage",
        "augmentation",
        "automation",
        "monitoring",
        "other",
    ]
