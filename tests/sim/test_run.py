"""A whole run in a process of its own: ready when everything listens, gone without a trace."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml

RUNNER = """
import asyncio, sys
from pathlib import Path
from hydra_tui.sim.run import run
asyncio.run(run(Path(sys.argv[1]), int(sys.argv[2]), lambda: print("ready", flush=True), frozen_at=60.0))
"""


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    place = tmp_path / "tmp"
    place.mkdir()
    return place


@pytest.fixture
def simulation(tmp_path: Path, temporary: Path) -> Iterator[subprocess.Popen[str]]:
    """The process, once it said that it is ready."""
    process = subprocess.Popen(
        [sys.executable, "-W", "error", "-c", RUNNER, str(tmp_path / "sim.yaml"), "7"],
        env={**os.environ, "TMPDIR": str(temporary)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    yield process
    process.kill()
    process.communicate()


def ports(config: Path) -> list[int]:
    """Every port that the file speaks of."""
    document = yaml.safe_load(config.read_text())
    urls = [service["url"] for service in document["services"]] + [document["simulation"]["control"]]
    return [node["ssh"]["port"] for node in document["nodes"]] + [urlsplit(url).port for url in urls]


def listens(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_it_serves_until_a_signal_and_leaves_nothing_behind(
    simulation: subprocess.Popen[str], tmp_path: Path, temporary: Path, number: signal.Signals
) -> None:
    taken = ports(tmp_path / "sim.yaml")
    assert len(taken) == 7
    assert all(map(listens, taken))
    assert len(list(temporary.iterdir())) == 1
    begun = time.monotonic()
    simulation.send_signal(number)
    _, errors = simulation.communicate(timeout=10)
    assert (simulation.returncode, errors) == (0, "")
    assert time.monotonic() - begun < 2.0
    assert list(temporary.iterdir()) == []
    assert not any(map(listens, taken))


def test_it_ends_quickly_while_clients_hang_on(
    simulation: subprocess.Popen[str], tmp_path: Path, temporary: Path
) -> None:
    clients = [socket.create_connection(("127.0.0.1", port)) for port in ports(tmp_path / "sim.yaml")]
    clients[3].sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n")
    simulation.terminate()
    _, errors = simulation.communicate(timeout=5)
    assert (simulation.returncode, errors) == (0, "")
    assert list(temporary.iterdir()) == []
    for client in clients:
        client.close()
