"""One seeded world: plausible, smooth, and the same for the same seed and second."""

from __future__ import annotations

from dataclasses import asdict
from itertools import pairwise
from typing import Any

import pytest

from hydra_tui.sim.clock import FrozenClock
from hydra_tui.sim.hardware import CLUSTER, GIB, MIB
from hydra_tui.sim.world import SERVICES, World
from tests.sim.hand_clock import HandClock
from tests.sim.visitors import wait_until

SECONDS = (0.0, 17.0, 240.0, 3600.0)


def snapshot(seed: int, at: float) -> dict[str, Any]:
    world = World(seed, HandClock(at))
    return {
        name: (asdict(host.read()), [asdict(gpu) for gpu in host.read_gpus()], host.uuids)
        for name, host in world.hosts.items()
    } | {name: world.latency_s(name) for name in SERVICES}


@pytest.mark.parametrize("at", SECONDS)
def test_the_same_seed_and_second_are_the_same_world(at: float) -> None:
    assert snapshot(7, at) == snapshot(7, at)


def test_another_seed_or_second_is_another_world() -> None:
    assert snapshot(7, 60.0) != snapshot(8, 60.0)
    assert snapshot(7, 60.0) != snapshot(7, 61.0)


@pytest.mark.parametrize(
    ("node", "gpus"),
    [
        ("hydra-ai", [("NVIDIA GeForce RTX 5090", 32607), ("NVIDIA GeForce RTX 4090", 24564)]),
        ("hydra-compute", [("NVIDIA GeForce RTX 5070 Ti", 16303), ("NVIDIA GeForce RTX 3060", 12288)]),
        ("hydra-storage", []),
    ],
)
def test_each_node_has_its_gpus(node: str, gpus: list[tuple[str, int]]) -> None:
    host = World(7, HandClock()).hosts[node]
    assert [(gpu.spec.name, gpu.spec.memory_mib) for gpu in host.read_gpus()] == gpus


@pytest.mark.parametrize("seed", [1, 7, 42])
@pytest.mark.parametrize("at", SECONDS)
def test_gpu_readings_are_plausible(seed: int, at: float) -> None:
    for host in World(seed, HandClock(at)).hosts.values():
        for gpu in host.read_gpus():
            assert 0 <= gpu.utilisation_percent <= 100
            assert gpu.spec.idle_c <= gpu.temperature_c <= gpu.spec.hot_c
            assert gpu.spec.idle_w <= gpu.power_w <= gpu.spec.limit_w
            assert 0 <= gpu.fan_percent <= 100
            assert gpu.used_mib + gpu.free_mib + gpu.spec.reserved_mib == gpu.spec.memory_mib
            assert gpu.free_mib > 0


@pytest.mark.parametrize("at", SECONDS)
def test_host_readings_are_plausible(at: float) -> None:
    for host in World(7, HandClock(at)).hosts.values():
        look = host.read()
        assert 0 < look.memory_available_bytes < host.spec.memory_bytes
        assert all(0 < load < host.spec.cores for load in look.loads)
        assert look.uptime_s == host.spec.booted_ago_s + at


def test_counters_never_run_backwards() -> None:
    clock = HandClock()
    host = World(7, clock).hosts["hydra-storage"]
    looks = []
    for second in range(0, 600, 3):
        clock.at = float(second)
        looks.append(host.read())
    for before, after in pairwise(looks):
        assert after.busy_jiffies > before.busy_jiffies
        assert after.idle_jiffies > before.idle_jiffies
        assert after.received_bytes > before.received_bytes
        assert after.sent_bytes > before.sent_bytes


def test_a_frozen_world_stands_still_while_its_counters_go_on() -> None:
    frozen = World(7, FrozenClock(300.0))
    host, still = frozen.hosts["hydra-ai"], World(7, HandClock(300.0)).hosts["hydra-ai"]
    assert host.read_gpus() == still.read_gpus()
    assert host.read().loads == still.read().loads
    before = host.read().sent_bytes
    assert wait_until(lambda: host.read().sent_bytes > before)


def test_work_makes_a_node_busier_and_slower() -> None:
    clock = HandClock(100.0)
    world = World(7, clock)
    host = world.host_of("ollama")
    gpus, latency = host.read_gpus(), world.latency_s("ollama")
    world.work("ollama", 0.8)
    busier = host.read_gpus()
    assert busier[0].utilisation_percent > gpus[0].utilisation_percent
    assert busier[0].power_w > gpus[0].power_w
    assert world.latency_s("ollama") > latency


def test_a_gpu_without_a_model_idles() -> None:
    world = World(7, HandClock(100.0))
    world.tabby.unload()
    for gpu in world.host_of("tabbyapi").read_gpus():
        assert gpu.used_mib == gpu.spec.context_mib
        assert (gpu.utilisation_percent, gpu.pstate, gpu.memory_mhz) == (0, "P8", 405)


def test_the_cluster_is_as_large_as_its_document_says() -> None:
    gpus = {spec.name: sum(gpu.memory_mib for gpu in spec.gpus) * MIB for spec in CLUSTER}
    assert gpus["hydra-ai"] / GIB == pytest.approx(56, abs=0.5)
    assert gpus["hydra-compute"] / GIB == pytest.approx(28, abs=0.5)
    assert sum(spec.memory_bytes for spec in CLUSTER) / GIB == pytest.approx(192, abs=8)


def test_different_paths_are_counted_up_to_a_bound() -> None:
    world = World(7, HandClock())
    for number in range(1000):
        world.count("litellm", "GET", f"/{number}")
    assert len(world.calls) <= 301
    assert sum(world.calls.values()) == 1000
