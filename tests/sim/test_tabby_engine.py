"""TabbyAPI's model manager: one model, its VRAM, and what goes wrong with it."""

from __future__ import annotations

from contextlib import aclosing

import pytest

from hydra_tui.sim.hardware import HYDRA_AI
from hydra_tui.sim.model_files import DEEPSEEK_70B, LLAMA_70B
from hydra_tui.sim.tabby_engine import LoadRequest, OutOfVram, TabbyEngine
from hydra_tui.sim.vram import Vram
from tests.sim.hand_clock import HandClock

TOO_MUCH = LoadRequest(DEEPSEEK_70B, context=131_072, cache_size=131_072, cache_mode="FP16")


@pytest.fixture
def vram() -> Vram:
    return Vram(HYDRA_AI.gpus)


@pytest.fixture
def engine(vram: Vram) -> TabbyEngine:
    return TabbyEngine(vram, HandClock())


async def load(engine: TabbyEngine, request: LoadRequest) -> list[int]:
    return [module async for module in engine.load(request)]


async def test_a_load_counts_every_module_and_fills_the_gpus(engine: TabbyEngine, vram: Vram) -> None:
    empty = sum(vram.used())
    assert await load(engine, LoadRequest(LLAMA_70B)) == list(range(1, 84))
    assert sum(vram.used()) - empty == LoadRequest(LLAMA_70B).vram_bytes
    assert engine.loaded is not None
    assert engine.loaded.model is LLAMA_70B


async def test_memory_fills_while_it_loads_and_nothing_counts_as_loaded(
    engine: TabbyEngine, vram: Vram
) -> None:
    used = []
    async for _ in engine.load(LoadRequest(LLAMA_70B)):
        used.append(sum(vram.used()))
        assert engine.loaded is None
    assert used == sorted(used)
    assert used[0] < used[-1]


async def test_a_load_takes_the_time_of_the_model(vram: Vram) -> None:
    clock = HandClock()
    await load(TabbyEngine(vram, clock), LoadRequest(LLAMA_70B))
    assert clock.at == pytest.approx(LLAMA_70B.load_s)


async def test_another_model_replaces_the_loaded_one(engine: TabbyEngine, vram: Vram) -> None:
    engine.start_with(LLAMA_70B)
    used = sum(vram.used())
    await load(engine, LoadRequest(DEEPSEEK_70B))
    assert engine.loaded is not None
    assert engine.loaded.model is DEEPSEEK_70B
    assert sum(vram.used()) == pytest.approx(used, rel=0.01)


async def test_out_of_memory_leaves_nothing_loaded_and_nothing_held(engine: TabbyEngine, vram: Vram) -> None:
    empty = vram.used()
    engine.start_with(LLAMA_70B)
    with pytest.raises(OutOfVram, match="CUDA out of memory"):
        await load(engine, TOO_MUCH)
    assert engine.loaded is None
    assert vram.used() == empty


async def test_an_aborted_load_keeps_its_memory_until_the_next_one(engine: TabbyEngine, vram: Vram) -> None:
    empty = sum(vram.used())
    async with aclosing(engine.load(LoadRequest(LLAMA_70B))) as modules:
        async for module in modules:
            if module == 40:
                break
    assert engine.loaded is None
    assert sum(vram.used()) > empty
    await load(engine, LoadRequest(DEEPSEEK_70B))
    assert sum(vram.used()) - empty == LoadRequest(DEEPSEEK_70B).vram_bytes


async def test_two_loads_at_once_hold_memory_twice(engine: TabbyEngine, vram: Vram) -> None:
    small = LoadRequest(LLAMA_70B, cache_size=256)
    first, second = engine.load(small), engine.load(LoadRequest(DEEPSEEK_70B, cache_size=256))
    async with aclosing(first), aclosing(second):
        await anext(first)
        one = sum(vram.used())
        await anext(second)
        assert sum(vram.used()) > one
