"""What is news between two looks, and what is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hydra_tui.core.changes import duration, events, model_events, state_event
from hydra_tui.core.cluster import Node, Service
from hydra_tui.core.events import Event
from hydra_tui.core.models import Model, Residency
from hydra_tui.core.state import State

NEVER = Service("ollama", "ollama", interval_s=5.0)
UP = replace(NEVER, at=100.0, state=State.UP, reason="", since=100.0, latency_s=0.01)
DOWN = replace(NEVER, at=105.0, state=State.DOWN, reason="refused", since=105.0)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (NEVER, UP),
        (UP, replace(UP, at=105.0)),
        (DOWN, replace(DOWN, at=110.0, reason="no answer")),
        (NEVER, NEVER),
    ],
)
def test_no_change_of_state_is_no_news(before: Service, after: Service) -> None:
    assert state_event(before, after) is None


@pytest.mark.parametrize(
    ("before", "after", "event"),
    [
        (NEVER, DOWN, Event(105.0, "ollama", "down", "refused", State.DOWN)),
        (UP, DOWN, Event(105.0, "ollama", "down", "refused", State.DOWN)),
        (
            DOWN,
            replace(UP, at=285.0, since=285.0),
            Event(285.0, "ollama", "up", "after 3 min down", State.UP),
        ),
        (
            DOWN,
            replace(UP, at=110.0, state=State.BUSY, reason="loading"),
            Event(110.0, "ollama", "busy", "loading", State.BUSY),
        ),
        (
            replace(DOWN, state=State.UNKNOWN),
            replace(UP, at=110.0),
            Event(110.0, "ollama", "up", "after 5 s unknown", State.UP),
        ),
        (
            replace(DOWN, since=None),
            replace(UP, at=110.0, reason="well"),
            Event(110.0, "ollama", "up", "well", State.UP),
        ),
    ],
)
def test_a_change_of_state_is_an_event(before: Service, after: Service, event: Event) -> None:
    assert state_event(before, after) == event


def test_a_node_has_events_too() -> None:
    before = Node("hydra-ai", interval_s=2.0, at=1.0, state=State.UP, since=1.0)
    after = replace(before, at=9.0, state=State.DEGRADED, reason="disk / is 96 % full")
    assert state_event(before, after) == Event(
        9.0, "hydra-ai", "degraded", "disk / is 96 % full", State.DEGRADED
    )


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-3, "0 s"),
        (0, "0 s"),
        (0.4, "0 s"),
        (41.4, "41 s"),
        (99.4, "99 s"),
        (99.6, "2 min"),
        (120, "2 min"),
        (200, "3 min"),
        (5940, "99 min"),
        (5999, "1.7 h"),
        (9000, "2.5 h"),
        (9.9 * 3600, "9.9 h"),
        (9.97 * 3600, "10 h"),
        (47.9 * 3600, "48 h"),
        (48 * 3600, "2 d"),
        (12 * 86400, "12 d"),
        (400 * 86400, "400 d"),
    ],
)
def test_a_duration_is_two_figures_and_a_unit(seconds: float, words: str) -> None:
    assert duration(seconds) == words


def holding(at: float, **models: str) -> Service:
    """The service as it was seen with these models."""
    held = tuple(Model(name, Residency(residency)) for name, residency in models.items())
    return replace(UP, at=at, models=held)


@pytest.mark.parametrize(
    ("before", "after", "news"),
    [
        ({}, {}, []),
        ({"qwen": "unloaded"}, {"qwen": "loaded"}, [("loaded", "qwen")]),
        ({}, {"qwen": "loaded"}, [("loaded", "qwen")]),
        ({"qwen": "loading"}, {"qwen": "loaded"}, [("loaded", "qwen")]),
        ({"qwen": "unloaded"}, {"qwen": "loading"}, []),
        ({"qwen": "loaded"}, {"qwen": "loaded"}, []),
        ({"qwen": "loaded"}, {"qwen": "unloaded"}, [("unloaded", "qwen")]),
        ({"qwen": "loaded"}, {}, [("unloaded", "qwen")]),
        ({"qwen": "loaded"}, {"qwen": "unknown"}, []),
        ({"qwen": "unknown"}, {"qwen": "loaded"}, []),
        ({"qwen": "unknown"}, {}, []),
        (
            {"b": "loaded", "a": "loaded"},
            {"d": "loaded", "c": "loaded"},
            [("unloaded", "a"), ("unloaded", "b"), ("loaded", "c"), ("loaded", "d")],
        ),
    ],
)
def test_a_model_that_comes_or_goes_is_an_event(
    before: dict[str, str], after: dict[str, str], news: list[tuple[str, str]]
) -> None:
    told = model_events(holding(100.0, **before), holding(105.0, **after))
    assert told == [Event(105.0, "ollama", what, name) for what, name in news]


@pytest.mark.parametrize("before", [NEVER, DOWN])
def test_models_found_after_a_look_that_knew_none_are_no_news(before: Service) -> None:
    assert model_events(before, holding(110.0, qwen="loaded")) == []


def test_a_change_of_state_is_told_before_the_models_it_changed() -> None:
    before = replace(holding(100.0), state=State.BUSY)
    after = holding(105.0, qwen="loaded")
    assert [event.what for event in events(before, after)] == ["up", "loaded"]


def test_a_node_has_no_models_to_tell_of() -> None:
    before = Node("hydra-ai", interval_s=2.0, at=1.0, state=State.UP, since=1.0)
    assert events(before, replace(before, at=3.0)) == []
    assert len(events(before, replace(before, at=3.0, state=State.DOWN))) == 1
