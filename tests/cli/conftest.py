"""A simulated cluster, started as a user starts it, shared by the tests of a module."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def sim_config(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The configuration of a running `hydra-tui sim`."""
    path = tmp_path_factory.mktemp("sim") / "config.yaml"
    command = [sys.executable, "-m", "hydra_tui", "sim", "--write-config", str(path), "--seed", "7"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield path
        process.terminate()
        assert process.wait(10) == 0
