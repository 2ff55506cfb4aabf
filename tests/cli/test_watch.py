"""`hydra-tui nodes --watch`: a line an update, until somebody has had enough."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest

from hydra_tui.cli import exits
from tests.cli.commands import LIMIT_S, hydra


@contextmanager
def watching(config: Path, *words: str) -> Iterator[tuple[subprocess.Popen[str], IO[str]]]:
    """The running command and its output."""
    command = [sys.executable, "-m", "hydra_tui", "nodes", "--watch", "-c", str(config), *words]
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            yield process, process.stdout
        finally:
            process.kill()


def test_with_json_every_update_is_an_object_on_its_line(sim_config: Path) -> None:
    with watching(sim_config, "--json", "--interval", "0.2") as (_, out):
        records = [json.loads(out.readline()) for _ in range(3)]
    assert [len(record["nodes"]) for record in records] == [3, 3, 3]
    moments = [record["at"] for record in records]
    assert moments == sorted(set(moments))
    assert records[0]["nodes"][0]["cpu_percent"] is not None
    assert list(records[0]) == ["cluster", "at", "nodes"]


def test_without_json_every_update_is_a_block_that_begins_with_its_time(sim_config: Path) -> None:
    with watching(sim_config, "--interval", "0.2") as (_, out):
        first = [out.readline()]
        while first[-1] != "\n":
            first.append(out.readline())
        again = out.readline()
    assert first[0].startswith("hydra at ")
    assert again.startswith("hydra at ")
    assert sum("RTX" in line for line in first) == 4


@pytest.mark.parametrize("words", [[], ["--json"]])
def test_ctrl_c_ends_it_with_130_and_without_a_trace(sim_config: Path, words: list[str]) -> None:
    with watching(sim_config, "--interval", "0.2", *words) as (process, out):
        out.readline()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=LIMIT_S)
    assert (process.returncode, err.strip()) == (exits.INTERRUPTED, "")


@pytest.mark.parametrize("words", [[], ["--json"]])
def test_a_reader_that_goes_away_ends_it_with_0_and_without_a_word(
    sim_config: Path, words: list[str]
) -> None:
    with watching(sim_config, "--interval", "0.2", *words) as (process, out):
        out.readline()
        out.close()
        assert process.wait(LIMIT_S) == exits.OK
        assert process.stderr is not None
        assert process.stderr.read() == ""


def test_the_pace_of_a_watch_is_refused_without_one() -> None:
    ran = hydra("nodes", "--interval", "5")
    assert ran.status == exits.USAGE
    assert "--watch" in ran.err


def test_a_node_that_goes_away_is_told_while_it_is_watched(sim_config: Path) -> None:
    with watching(sim_config, "--json", "--interval", "0.2") as (_, out):
        out.readline()
        hydra("-c", sim_config, "sim", "fault", "hydra-compute", "unreachable")
        try:
            for line in out:
                states = {node["name"]: node["state"] for node in json.loads(line)["nodes"]}
                if states["hydra-compute"] == "down":
                    break
            assert states == {"hydra-ai": "up", "hydra-compute": "down", "hydra-storage": "up"}
        finally:
            hydra("-c", sim_config, "sim", "heal")
