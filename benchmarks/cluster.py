"""The seeded simulated cluster that hydra-tui is measured on: a process of its own, which is not measured."""

from __future__ import annotations

import os
import select
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.programs import HYDRA_TUI

READY_TIMEOUT_S = 60.0


@contextmanager
def simulated_cluster(seed: int) -> Iterator[Path]:
    """The path of its configuration; the cluster ends with the context."""
    with tempfile.TemporaryDirectory(prefix="hydra-sim-") as home:
        config = Path(home) / "config.yaml"
        argv = [str(HYDRA_TUI), "sim", "--write-config", str(config), "--seed", str(seed)]
        simulation = subprocess.Popen(argv, stdout=subprocess.PIPE, env={**os.environ, "HOME": home})
        try:
            _await_ready(simulation)
            yield config
        finally:
            _end(simulation)


def _await_ready(simulation: subprocess.Popen[bytes]) -> None:
    assert simulation.stdout is not None
    came = select.select([simulation.stdout], [], [], READY_TIMEOUT_S)[0]
    said = simulation.stdout.readline() if came else b""
    if said.strip() != b"ready":
        raise RuntimeError(f"the simulation said {said!r} instead of ready within {READY_TIMEOUT_S:.0f} s")


def _end(simulation: subprocess.Popen[bytes]) -> None:
    simulation.terminate()
    try:
        simulation.wait(timeout=5)
    except subprocess.TimeoutExpired:
        simulation.kill()
        simulation.wait()
