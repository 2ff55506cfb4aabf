"""One world: what an engine says, what the driver measures and what was asked agree over the sockets."""

from __future__ import annotations

import pytest

from hydra_tui.sim.hardware import MIB
from hydra_tui.sim.model_files import LLAMA_70B, MISTRAL_7B
from hydra_tui.sim.simulation import Simulation
from hydra_tui.sim.tabby_engine import LoadRequest
from tests.sim.visitors import eventually, look_at, ollama, tabby

ROUNDING = 4 * MIB


async def used(cluster: Simulation, node: str) -> int:
    """Bytes of VRAM in use on a node, as its nvidia-smi lines say."""
    return sum(gpu.vram_used_bytes or 0 for gpu in (await look_at(cluster, node)).gpus)


async def test_a_70b_lies_on_both_gpus_and_unloading_frees_them(cluster: Simulation) -> None:
    before = (await look_at(cluster, "hydra-ai")).gpus
    async with tabby(cluster) as client:
        await client.post("/v1/model/unload")
    after = (await look_at(cluster, "hydra-ai")).gpus
    freed = [
        (was.vram_used_bytes or 0) - (now.vram_used_bytes or 0)
        for was, now in zip(before, after, strict=True)
    ]
    assert all(freed)
    assert sum(freed) == pytest.approx(LoadRequest(LLAMA_70B).vram_bytes, abs=ROUNDING)


async def test_memory_in_use_grows_while_a_model_loads(cluster: Simulation) -> None:
    async with tabby(cluster) as client:
        await client.post("/v1/model/unload")
        empty = await used(cluster, "hydra-ai")
        async with client.stream("POST", "/v1/model/load", json={"model_name": LLAMA_70B.name}) as loading:
            arriving = loading.aiter_lines()
            for _ in range(20):
                await anext(arriving)
            assert empty < await used(cluster, "hydra-ai")
            assert [line async for line in arriving]
    assert await used(cluster, "hydra-ai") - empty == pytest.approx(
        LoadRequest(LLAMA_70B).vram_bytes, abs=ROUNDING
    )


async def test_what_ollama_claims_is_what_the_driver_measures(cluster: Simulation) -> None:
    before = await used(cluster, "hydra-compute")
    async with ollama(cluster) as client:
        await client.post("/api/generate", json={"model": "mistral:7b", "keep_alive": -1})
        models = (await client.get("/api/ps")).json()["models"]
    claimed = next(model["size_vram"] for model in models if model["name"] == "mistral:7b")
    assert claimed == MISTRAL_7B.vram_bytes(32_768)
    assert await used(cluster, "hydra-compute") - before == pytest.approx(claimed, abs=ROUNDING)


async def test_the_driver_sees_a_lease_end_though_nobody_asks_ollama(cluster: Simulation) -> None:
    before = await used(cluster, "hydra-compute")
    async with ollama(cluster) as client:
        await client.post("/api/generate", json={"model": "mistral:7b", "keep_alive": "20s"})
    assert await used(cluster, "hydra-compute") > before

    async def is_over() -> bool:
        return await used(cluster, "hydra-compute") == before

    await eventually(is_over)


async def test_a_chat_makes_the_gpus_of_its_node_work(cluster: Simulation) -> None:
    async with tabby(cluster) as client:
        question = {"messages": [{"role": "user", "content": "hi"}], "stream": True}
        async with client.stream("POST", "/v1/chat/completions", json=question) as reply:
            assert [line async for line in reply.aiter_lines()]
    assert cluster.world.host_of("tabbyapi").load() > 0.1
    assert cluster.world.host_of("ollama").activity.level(cluster.world.clock.running()) == 0.0
