"""Readings go in, clusters and news come out."""

from __future__ import annotations

import pytest

from hydra_tui.core.events import Event
from hydra_tui.core.models import Model, Residency
from hydra_tui.core.readings import Findings, Reading
from hydra_tui.core.state import State
from hydra_tui.engine.store import EVENTS_KEPT, Store
from tests.engine.targets import GOOD, SAMPLE, node, service


def up(name: str, at: float, found: Findings = GOOD) -> Reading:
    return Reading(name, at, State.UP, "", 0.01, found)


def down(name: str, at: float) -> Reading:
    return Reading(name, at, State.DOWN, "refused")


@pytest.fixture
def store() -> Store:
    store = Store("hydra")
    for seed in (node("hydra-ai"), node("hydra-storage"), service("ollama"), service("redis")):
        store.add(seed)
    return store


def test_what_was_never_asked_is_known_by_its_seed(store: Store) -> None:
    cluster = store.cluster(7.0)
    assert (cluster.name, cluster.at, cluster.events) == ("hydra", 7.0, ())
    assert cluster.nodes == (node("hydra-ai"), node("hydra-storage"))
    assert cluster.services == (service("ollama"), service("redis"))
    assert not cluster.complete


@pytest.mark.parametrize("simulated", [True, False])
def test_the_store_says_what_kind_of_cluster_it_is(simulated: bool) -> None:
    cluster = Store("hydra", simulated=simulated, notice="only this machine").cluster(1.0)
    assert (cluster.simulated, cluster.notice) == (simulated, "only this machine")


def test_a_reading_changes_its_own_target_only(store: Store) -> None:
    before = store.cluster(1.0)
    store.apply(up("ollama", 10.0))
    store.apply(Reading("hydra-storage", 11.0, State.UP, found=SAMPLE))
    after = store.cluster(12.0)
    assert after.services[0].state is State.UP
    assert after.services[0].version == "1.0"
    assert after.services[1] == before.services[1]
    assert after.nodes[0] == before.nodes[0]
    assert after.nodes[1].sample is SAMPLE


def test_a_cluster_that_was_handed_out_does_not_change(store: Store) -> None:
    before = store.cluster(1.0)
    store.apply(down("ollama", 10.0))
    assert before.services[0] == service("ollama")
    assert before.events == ()


def test_readings_of_one_target_build_on_each_other(store: Store) -> None:
    store.apply(up("ollama", 10.0))
    store.apply(up("ollama", 15.0))
    ollama = store.cluster(16.0).services[0]
    assert (ollama.at, ollama.since) == (15.0, 10.0)
    assert ollama.latency.values == (0.01, 0.01)


def test_a_reading_of_nobody_is_ignored(store: Store) -> None:
    before = store.cluster(1.0)
    store.apply(down("qdrant", 10.0))
    assert store.cluster(1.0) == before
    assert store.take(1.0).news == ()


def test_changes_of_nodes_services_and_models_become_events(store: Store) -> None:
    loaded = Findings(models=(Model("qwen", Residency.LOADED),))
    store.apply(Reading("hydra-ai", 9.0, State.DOWN, "no answer"))
    store.apply(up("ollama", 10.0, Findings(models=())))
    store.apply(up("ollama", 15.0, loaded))
    store.apply(down("ollama", 20.0))
    assert store.cluster(21.0).events == (
        Event(9.0, "hydra-ai", "down", "no answer", State.DOWN),
        Event(15.0, "ollama", "loaded", "qwen"),
        Event(20.0, "ollama", "down", "refused", State.DOWN),
    )


@pytest.mark.parametrize(("name", "second"), [("ollama", ["down"]), ("hydra-ai", ["down"]), ("qdrant", [])])
def test_a_reading_is_answered_with_the_news_it_makes(store: Store, name: str, second: list[str]) -> None:
    assert store.apply(Reading(name, 10.0, State.UP)) == []
    assert [event.what for event in store.apply(down(name, 15.0))] == second
    assert store.apply(down(name, 20.0)) == []


def test_news_accumulate_until_they_are_taken(store: Store) -> None:
    store.apply(down("ollama", 10.0))
    store.apply(down("redis", 11.0))
    first = store.take(12.0)
    assert [event.subject for event in first.news] == ["ollama", "redis"]
    assert first.cluster.at == 12.0
    store.apply(up("redis", 13.0))
    second = store.take(14.0)
    assert [(event.subject, event.what) for event in second.news] == [("redis", "up")]
    assert store.take(15.0).news == ()
    assert len(second.cluster.events) == 3


def test_looking_at_the_cluster_takes_no_news(store: Store) -> None:
    store.apply(down("ollama", 10.0))
    store.cluster(11.0)
    assert len(store.take(12.0).news) == 1


def test_events_and_news_are_bounded_and_the_newest_are_kept(store: Store) -> None:
    for at in range(EVENTS_KEPT + 20):
        store.apply(down("ollama", at) if at % 2 else up("ollama", at))
    update = store.take(1e4)
    newest = float(EVENTS_KEPT + 19)
    assert (len(update.cluster.events), update.cluster.events[-1].at) == (EVENTS_KEPT, newest)
    assert (len(update.news), update.news[-1].at) == (EVENTS_KEPT, newest)


def test_a_target_that_is_added_later_is_known_from_then_on(store: Store) -> None:
    store.add(service("qdrant"))
    store.apply(up("qdrant", 10.0))
    assert [each.name for each in store.cluster(11.0).services] == ["ollama", "redis", "qdrant"]
    assert store.cluster(11.0).services[-1].state is State.UP
