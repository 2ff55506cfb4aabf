"""This machine, told of by a real Prometheus or VictoriaMetrics that reads a real node_exporter."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import bcrypt
import pytest

from hydra_tui.core.cluster import Cluster, Node
from hydra_tui.core.host import HostSample
from hydra_tui.core.state import State
from hydra_tui.engine.engine import Engine
from hydra_tui.hosts import mounts, procfs
from hydra_tui.wiring import load_config
from hydra_tui.wiring.configured import configured_engine
from tests.hosts.metrics_server import RECORDINGS
from tests.loopback import Answer, Handler, Spy, closed_port, replaying, serving
from tests.real.metrics_servers import SERVERS, Require, metrics_server, node_exporter

pytestmark = pytest.mark.real

PATIENCE_S = 40.0
PASSWORD = "a-throw-away-password"


@asynccontextmanager
async def watching(folder: Path, port: int, *more: str) -> AsyncIterator[Engine]:
    """An engine on the node `here` behind that server."""
    path = folder / "config.yaml"
    lines = ["metrics:", f"  url: http://127.0.0.1:{port}", "  interval: 1s", *more]
    path.write_text("\n".join([*lines, "nodes:", "  - {name: here, metrics: true}", ""]))
    async with await configured_engine(load_config(path)) as engine:
        yield engine


async def until(engine: Engine, enough: Callable[[Node], bool]) -> Node:
    """The node once it is so; the test fails when it never is."""

    def holds(cluster: Cluster) -> bool:
        return enough(cluster.nodes[0])

    (node,) = (await engine.settled(holds, PATIENCE_S)).nodes
    assert enough(node), f"{node.state}: {node.reason}"
    return node


def has_rates(node: Node) -> bool:
    return node.state is State.UP and node.sample is not None and node.sample.cpu_percent is not None


def exposition(name: str) -> Handler:
    """An exporter that says what is in that file."""
    text = (RECORDINGS / f"{name}.txt").read_bytes()
    return replaying({"/metrics": Answer(200, text, "text/plain; version=0.0.4")}, Spy())


@pytest.mark.parametrize("program", SERVERS)
async def test_it_tells_of_this_machine_and_of_gpus_what_their_exporters_say(
    program: str, require: Require, tmp_path: Path
) -> None:
    port = closed_port()
    async with (
        serving(exposition("dcgm_exporter")) as dcgm,
        serving(exposition("nvidia_gpu_exporter")) as smi,
        node_exporter(require, tmp_path) as (_, host),
        watching(tmp_path, port) as engine,
        metrics_server(
            require(program), tmp_path, {"here:9100": host, "here:9400": dcgm, "here:9835": smi}, port
        ),
    ):
        node = await until(engine, lambda node: has_rates(node) and len(node.gpus) == 3)
    assert node.source == "prometheus"
    assert node.sample is not None
    agrees_with_the_kernel(node.sample)
    assert [(gpu.name, gpu.utilisation_percent, gpu.temperature_c) for gpu in node.gpus] == [
        ("NVIDIA L40S", 37.0, 51.0),
        ("NVIDIA GeForce RTX 2080 SUPER", 42.0, 34.0),
        ("NVIDIA A100-SXM4-40GB", None, 44.0),
    ]
    assert node.gpus[2].vram_used_bytes == (968 + 17868) * 2**20


def agrees_with_the_kernel(sample: HostSample) -> None:
    proc = Path("/proc")
    memory = procfs.meminfo((proc / "meminfo").read_text())
    uptime_s = procfs.uptime((proc / "uptime").read_text())
    assert (sample.cores, sample.kernel) == (os.cpu_count(), os.uname().release)
    assert sample.memory_total_bytes == memory["MemTotal"]
    assert sample.memory_available_bytes == pytest.approx(memory["MemAvailable"], rel=0.25)
    assert sample.swap_total_bytes == memory["SwapTotal"]
    assert sample.uptime_s == pytest.approx(uptime_s, abs=20)
    assert sample.load_1m is not None
    assert 0 <= (sample.cpu_percent or 0) <= 100
    assert sample.received_bytes_per_s is not None
    told = {disk.device: disk for disk in sample.disks}
    here = {disk.device: disk for disk in mounts.disks(proc / "self/mounts")}
    root = next(disk for disk in here.values() if disk.mount == "/")
    assert (told[root.device].mount, told[root.device].size_bytes) == ("/", root.size_bytes)
    assert told[root.device].used_percent == pytest.approx(root.used_percent, abs=2)
    assert told.keys() <= here.keys()


async def test_a_server_that_dies_leaves_its_nodes_unknown_until_it_is_back(
    require: Require, tmp_path: Path
) -> None:
    port = closed_port()
    async with node_exporter(require, tmp_path) as (_, at), watching(tmp_path, port) as engine:
        async with metrics_server(require("prometheus"), tmp_path, {"here:9100": at}, port):
            await until(engine, has_rates)
        node = await until(engine, lambda node: node.state is not State.UP)
        assert node.state is State.UNKNOWN
        assert node.reason.startswith("the metrics server tells nothing: ")
        assert node.sample is not None
        async with metrics_server(require("prometheus"), tmp_path, {"here:9100": at}, port):
            await until(engine, has_rates)


async def test_a_dead_exporter_is_a_node_that_is_down(require: Require, tmp_path: Path) -> None:
    port = closed_port()
    async with (
        node_exporter(require, tmp_path) as (exporter, at),
        metrics_server(require("prometheus"), tmp_path, {"here:9100": at}, port),
        watching(tmp_path, port) as engine,
    ):
        await until(engine, has_rates)
        exporter.terminate()
        node = await until(engine, lambda node: node.state is not State.UP)
    assert (node.state, node.reason) == (
        State.DOWN,
        "the metrics server cannot reach its exporter at here:9100",
    )


async def test_a_server_with_a_login_wants_the_right_one(
    require: Require, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed = await asyncio.to_thread(bcrypt.hashpw, PASSWORD.encode(), bcrypt.gensalt(rounds=4))
    web = tmp_path / "web.yml"
    web.write_text(f"basic_auth_users: {{ops: {hashed.decode()}}}\n")
    monkeypatch.setenv("RIGHT", PASSWORD)
    monkeypatch.setenv("WRONG", "another")
    port = closed_port()
    login = f"--web.config.file={web}"
    async with (
        node_exporter(require, tmp_path) as (_, at),
        metrics_server(require("prometheus"), tmp_path, {"here:9100": at}, port, login),
    ):
        async with watching(tmp_path, port, "  user: ops", "  key: env:WRONG") as engine:
            node = await until(engine, lambda node: node.at is not None)
            assert node.state is State.UNAUTHORISED
            assert "HTTP 401" in node.reason
        async with watching(tmp_path, port, "  user: ops", "  key: env:RIGHT") as engine:
            await until(engine, has_rates)
