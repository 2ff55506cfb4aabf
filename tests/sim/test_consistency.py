"""One world: what an engine says, what the driver measures and what was asked agree over the sockets."""

from __future__ import annotations

from collections import Counter

import pytest

from hydra_tui.core.host import HostCounters
from hydra_tui.core.processes import Keeper
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


def held(look: HostCounters) -> dict[int, int]:
    """Bytes of VRAM by process, over all GPUs of a node."""
    sizes: Counter[int] = Counter()
    for process in look.gpu_processes or ():
        sizes[process.pid] += process.vram_bytes or 0
    return dict(sizes)


async def test_one_process_of_tabby_holds_its_model_on_both_gpus(cluster: Simulation) -> None:
    look = await look_at(cluster, "hydra-ai")
    (size,) = held(look).values()
    assert size == pytest.approx(LoadRequest(LLAMA_70B).vram_bytes, abs=ROUNDING)
    assert {process.gpu_uuid for process in look.gpu_processes or ()} == {gpu.uuid for gpu in look.gpus}
    for process in look.gpu_processes or ():
        assert process.keeper == Keeper("tabbyapi.service")
        assert (process.readable, process.user) == (True, "tabby")


async def test_a_process_of_ollama_holds_each_model_and_goes_with_it(cluster: Simulation) -> None:
    before = held(await look_at(cluster, "hydra-compute"))
    async with ollama(cluster) as client:
        await client.post("/api/generate", json={"model": "mistral:7b", "keep_alive": -1})
        after = held(await look_at(cluster, "hydra-compute"))
        (new,) = after.keys() - before.keys()
        assert after[new] == pytest.approx(MISTRAL_7B.vram_bytes(32_768), abs=ROUNDING)
        await client.post("/api/generate", json={"model": "mistral:7b", "keep_alive": 0})
    assert held(await look_at(cluster, "hydra-compute")) == before


async def test_processes_never_hold_more_than_is_in_use(cluster: Simulation) -> None:
    for node in ("hydra-ai", "hydra-compute"):
        look = await look_at(cluster, node)
        in_use = sum(gpu.vram_used_bytes or 0 for gpu in look.gpus)
        assert 0 < sum(held(look).values()) < in_use


async def test_a_node_without_gpus_lists_no_processes_and_says_its_small_print(cluster: Simulation) -> None:
    storage, ai = await look_at(cluster, "hydra-storage"), await look_at(cluster, "hydra-ai")
    assert storage.gpu_processes is None
    assert (storage.os, ai.os) == ("Debian GNU/Linux 13 (trixie)",) * 2
    assert all(20 < (look.temperature_c or 0) < 90 for look in (storage, ai))
    for gpu in ai.gpus:
        assert (gpu.cuda, gpu.pcie_width, gpu.pcie_width_max) == ("13.0", 8, 16)
        assert gpu.throttles is not None
