"""Ollama's scheduler: leases, eviction, and what does not fit."""

from __future__ import annotations

import asyncio
import math

import pytest

from hydra_tui.sim.hardware import HYDRA_COMPUTE
from hydra_tui.sim.ollama_engine import DoesNotFit, ModelMissing, OllamaEngine
from hydra_tui.sim.vram import Vram
from tests.sim.hand_clock import HandClock


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def engine(clock: HandClock) -> OllamaEngine:
    return OllamaEngine(Vram(HYDRA_COMPUTE.gpus), clock)


def names(engine: OllamaEngine) -> set[str]:
    return {runner.model.name for runner in engine.running()}


async def test_a_loaded_model_takes_its_time_once(engine: OllamaEngine, clock: HandClock) -> None:
    _, first = await engine.load("mistral:7b", 300.0)
    _, second = await engine.load("mistral:7b", 300.0)
    assert (first, second) == (0.6, 0.0)
    assert clock.at == pytest.approx(0.6)


async def test_an_idle_model_leaves_when_its_lease_ends(engine: OllamaEngine, clock: HandClock) -> None:
    await engine.load("mistral:7b", 300.0)
    clock.at += 299.0
    assert names(engine) == {"mistral:7b"}
    clock.at += 1.1
    assert names(engine) == set()


async def test_each_use_renews_the_lease(engine: OllamaEngine, clock: HandClock) -> None:
    await engine.load("mistral:7b", 300.0)
    clock.at += 200.0
    runner, _ = await engine.load("mistral:7b", 300.0)
    assert runner.remaining_s(clock.at) == pytest.approx(300.0)


async def test_a_lease_for_ever_never_ends(engine: OllamaEngine, clock: HandClock) -> None:
    await engine.load("nomic-embed-text", math.inf)
    clock.at += 1e9
    assert names(engine) == {"nomic-embed-text:latest"}


def test_the_daily_models_are_kept_warm_by_others(engine: OllamaEngine, clock: HandClock) -> None:
    engine.start_with_defaults()
    clock.at += 10_000.0
    assert names(engine) == {"qwen2.5:7b", "nomic-embed-text:latest"}


async def test_a_large_model_evicts_the_longest_unused(engine: OllamaEngine, clock: HandClock) -> None:
    await engine.load("qwen2.5:7b", math.inf)
    clock.at += 5.0
    await engine.load("mistral:7b", math.inf)
    await engine.load("codestral:22b", math.inf)
    assert names(engine) == {"codestral:22b"}


async def test_a_busy_model_is_not_evicted(engine: OllamaEngine) -> None:
    runner, _ = await engine.load("qwen2.5:7b", math.inf)
    with engine.working(runner), pytest.raises(DoesNotFit, match="out of memory"):
        await engine.load("codestral:22b", math.inf)
    assert names(engine) == {"qwen2.5:7b"}


async def test_other_options_reload_the_model(engine: OllamaEngine) -> None:
    await engine.load("mistral:7b", math.inf)
    runner, took = await engine.load("mistral:7b", math.inf, context=4096)
    assert took > 0
    assert runner.context == 4096


async def test_a_lease_of_zero_ends_after_the_work(engine: OllamaEngine) -> None:
    runner, _ = await engine.load("mistral:7b", 0.0)
    with engine.working(runner):
        assert names(engine) == {"mistral:7b"}
    assert names(engine) == set()


async def test_loads_wait_for_each_other(engine: OllamaEngine, clock: HandClock) -> None:
    await asyncio.gather(engine.load("mistral:7b", math.inf), engine.load("qwen2.5:7b", math.inf))
    assert clock.at == pytest.approx(0.6 + 0.8)


@pytest.mark.parametrize("name", ["nope", "qwen2.5", "mistral:8b", ""])
async def test_an_unknown_model_is_missing(engine: OllamaEngine, name: str) -> None:
    with pytest.raises(ModelMissing):
        await engine.load(name, 300.0)
