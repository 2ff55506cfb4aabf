"""What a reading changes, and what outlives a failed one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hydra_tui.core.cluster import Node, Service
from hydra_tui.core.gpu import Gpu
from hydra_tui.core.host import HostSample
from hydra_tui.core.models import Model, Residency, Route
from hydra_tui.core.quantity import Fact
from hydra_tui.core.readings import Findings, Reading
from hydra_tui.core.reduce import aged, next_node, next_service
from hydra_tui.core.series import Series
from hydra_tui.core.state import State

NODE = Node("hydra-ai", interval_s=2.0)
SERVICE = Service("ollama", "ollama", interval_s=5.0)

QWEN = Model("qwen2.5:7b", Residency.LOADED)
ROUTE = Route("gpt-3.5-turbo", "ollama/qwen2.5:7b")
FOUND = Findings("0.13.1", (Fact("loaded", 1),), (QWEN,), (ROUTE,))


def gpu(index: int, percent: float | None = 50.0) -> Gpu:
    return Gpu(index, f"GPU-{index}", "L40S", utilisation_percent=percent)


def sampled(at: float, *gpus: Gpu, cpu: float | None = 30.0) -> Reading:
    return Reading("hydra-ai", at, State.UP, found=HostSample(at, cpu_percent=cpu, gpus=gpus))


def probed(at: float, found: Findings = FOUND) -> Reading:
    return Reading("ollama", at, found.state, found.reason, 0.02, found)


def failed(at: float, state: State = State.DOWN, reason: str = "refused") -> Reading:
    return Reading("whatever", at, state, reason)


def test_a_good_reading_of_a_node_is_what_is_known() -> None:
    reading = sampled(100.0, gpu(0), gpu(1, 80.0))
    node = next_node(NODE, reading)
    assert (node.at, node.state, node.reason, node.since) == (100.0, State.UP, "", 100.0)
    assert node.sample is reading.found
    assert node.cpu.values == (30.0,)
    assert [series.values for series in node.gpu_utilisation] == [(50.0,), (80.0,)]


def test_a_failed_reading_of_a_node_keeps_the_last_sample_and_leaves_a_gap() -> None:
    node = next_node(next_node(NODE, sampled(100.0, gpu(0))), failed(110.0))
    assert (node.at, node.state, node.reason, node.since) == (110.0, State.DOWN, "refused", 110.0)
    assert node.sample is not None
    assert node.sample.at == 100.0
    assert node.cpu.values == (30.0, None, None)
    assert node.gpu_utilisation[0].values == (50.0, None, None)


def test_a_node_that_never_answered_has_no_sample() -> None:
    node = next_node(NODE, failed(100.0))
    assert (node.sample, node.gpus, node.gpu_utilisation) == (None, (), ())
    assert node.cpu.values == (None,)


def test_a_gpu_without_a_reading_leaves_a_gap_and_no_zero() -> None:
    assert next_node(NODE, sampled(100.0, gpu(0, None))).gpu_utilisation[0].values == (None,)


@pytest.mark.parametrize("gpus", [(gpu(0),), (gpu(0), gpu(1), gpu(2))])
def test_histories_begin_anew_when_the_number_of_gpus_changes(gpus: tuple[Gpu, ...]) -> None:
    before = next_node(NODE, sampled(100.0, gpu(0, 1.0), gpu(1, 2.0)))
    after = next_node(before, sampled(105.0, *gpus))
    assert [series.values for series in after.gpu_utilisation] == [(50.0,)] * len(gpus)


def test_a_good_reading_of_a_service_is_what_is_known() -> None:
    service = next_service(SERVICE, probed(100.0))
    assert (service.at, service.state, service.reason, service.since) == (100.0, State.UP, "", 100.0)
    assert (service.version, service.facts) == ("0.13.1", FOUND.facts)
    assert (service.models, service.routes) == ((QWEN,), (ROUTE,))
    assert service.latency_s == 0.02
    assert service.latency.values == (0.02,)


def test_a_failed_reading_of_a_service_confirms_nothing() -> None:
    service = next_service(next_service(SERVICE, probed(100.0)), failed(105.0))
    assert (service.state, service.reason, service.since) == (State.DOWN, "refused", 105.0)
    assert service.models == (replace(QWEN, residency=Residency.UNKNOWN),)
    assert service.facts == ()
    assert service.latency_s is None
    assert service.latency.values == (0.02, None)


def test_a_failed_reading_of_a_service_keeps_what_does_not_change_by_itself() -> None:
    service = next_service(next_service(SERVICE, probed(100.0)), failed(105.0))
    assert (service.version, service.routes) == ("0.13.1", (ROUTE,))


def test_a_service_that_could_not_list_its_models_does_not_confirm_them() -> None:
    service = next_service(next_service(SERVICE, probed(100.0)), probed(105.0, Findings()))
    assert service.models == (replace(QWEN, residency=Residency.UNKNOWN),)
    assert service.routes == (ROUTE,)
    assert service.version == "0.13.1"
    assert service.facts == ()


def test_an_empty_list_of_models_is_an_answer() -> None:
    service = next_service(
        next_service(SERVICE, probed(100.0)), probed(105.0, Findings(models=(), routes=()))
    )
    assert (service.models, service.routes) == ((), ())


@pytest.mark.parametrize(
    ("readings", "since"),
    [
        ([probed(100.0), probed(105.0)], 100.0),
        ([failed(100.0), failed(105.0, reason="no answer")], 100.0),
        ([probed(100.0), failed(105.0), failed(110.0)], 105.0),
        ([failed(100.0), failed(105.0, State.UNAUTHORISED), failed(110.0, State.UNAUTHORISED)], 105.0),
        ([probed(100.0), failed(105.0), probed(110.0)], 110.0),
    ],
)
def test_since_is_when_the_state_began(readings: list[Reading], since: float) -> None:
    node: Node = NODE
    service: Service = SERVICE
    for reading in readings:
        service = next_service(service, reading)
        node = next_node(node, replace(reading, found=None))
    assert (service.since, node.since) == (since, since)


def test_a_reading_changes_nothing_of_who_it_is() -> None:
    seed = replace(
        SERVICE, node="hydra-compute", address="http://192.0.2.20:11434", title="Ollama", gpus=(0,)
    )
    after = next_service(seed, probed(100.0))
    for name in ("name", "kind", "interval_s", "node", "layer", "address", "title", "gpus"):
        assert getattr(after, name) == getattr(seed, name)


def test_a_reading_leaves_what_was_known_before_as_it_was() -> None:
    before = next_service(SERVICE, probed(100.0))
    next_service(before, failed(105.0))
    assert before.models == (QWEN,)
    assert before.latency == Series().add(100.0, 0.02)


@pytest.mark.parametrize("now", [100.0, 105.9])
def test_a_fresh_reading_is_shown_as_it_is(now: float) -> None:
    node = next_node(NODE, sampled(100.0))
    assert aged(node, now) is node


def test_a_target_that_was_never_asked_does_not_age() -> None:
    assert aged(SERVICE, 1e9) is SERVICE


def test_a_reading_too_old_says_how_old_and_what_it_was() -> None:
    service = aged(next_service(SERVICE, probed(100.0)), 141.4)
    assert service.state is State.UNKNOWN
    assert service.reason == "no reading for 41 s; it was up then"


@pytest.mark.parametrize(("now", "state"), [(110.0, State.DOWN), (166.0, State.DOWN), (166.1, State.UNKNOWN)])
def test_a_failing_target_is_believed_until_it_should_have_been_asked_again(now: float, state: State) -> None:
    """At an interval of 2 s, and with the next reading promised by 160."""
    reading = replace(failed(100.0), due=160.0)
    assert aged(next_node(NODE, reading), now).state is state
    assert aged(next_service(replace(SERVICE, interval_s=2.0), reading), now).state is state


def test_a_promise_is_forgotten_with_the_next_reading() -> None:
    node = next_node(NODE, replace(failed(100.0), due=160.0))
    assert aged(next_node(node, sampled(110.0)), 120.0).state is State.UNKNOWN


def test_a_node_that_aged_keeps_its_sample() -> None:
    node = next_node(NODE, sampled(100.0, gpu(0)))
    assert aged(node, 200.0) == replace(
        node, state=State.UNKNOWN, reason="no reading for 100 s; it was up then"
    )
