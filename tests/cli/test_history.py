"""`hydra-tui history`, on a history that a console has left behind."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from hydra_tui.core.events import Event
from hydra_tui.core.state import State
from hydra_tui.history.losses import QUEUE_FULL
from hydra_tui.history.series_key import Measure, SeriesKey
from hydra_tui.history.writer import Writer
from tests.cli.commands import hydra

SERIES = {
    SeriesKey("hydra-ai", "up"): 1.0,
    SeriesKey("hydra-ai", "cpu_percent"): 12.0,
    SeriesKey("hydra-ai", "utilisation_percent", "gpu 0"): 40.0,
    SeriesKey("hydra-ai", "vram_used_bytes", "gpu 0"): float(8 << 30),
    SeriesKey("hydra-ai", "used_bytes", "disk /srv"): float(2 << 30),
    SeriesKey("ollama", "up"): 1.0,
    SeriesKey("ollama", "latency_s"): 0.25,
}


@pytest.fixture
def recorded(clean_home: Path) -> Path:
    """The user's history: each series, ten minutes ago; one event, and three lost readings."""
    path = clean_home / ".local" / "state" / "hydra-tui" / "history.db"
    at = time.time() - 600
    writer = Writer(path)
    values = [Measure(key, round(at * 1000), value) for key, value in SERIES.items()]
    event = Event(at, "ollama", "down", "refused", State.DOWN)
    writer.write(values, [event], {QUEUE_FULL: 3}, at)
    writer.close()
    return path


@pytest.mark.usefixtures("recorded")
@pytest.mark.parametrize(
    ("words", "part", "metric", "value"),
    [
        (["hydra-ai"], None, "cpu_percent", 12.0),
        (["hydra-ai", "--metric", "up"], None, "up", 1.0),
        (["hydra-ai", "--gpu", "0"], "gpu 0", "utilisation_percent", 40.0),
        (["hydra-ai", "--gpu", "0", "--metric", "vram_used_bytes"], "gpu 0", "vram_used_bytes", 8 << 30),
        (["hydra-ai", "--disk", "/srv", "--since", "7d"], "disk /srv", "used_bytes", 2 << 30),
        (["ollama"], None, "latency_s", 0.25),
    ],
)
def test_a_series_is_found_by_its_name_part_and_metric(
    words: list[str], part: str | None, metric: str, value: float
) -> None:
    ran = hydra("history", *words, "--json")
    assert (ran.status, ran.err) == (0, "")
    record = ran.json()
    assert (record["name"], record["part"], record["metric"]) == (words[0], part, metric)
    assert [(point["min"], point["mean"], point["max"]) for point in record["points"]] == [(value,) * 3]
    assert record["lost_readings"] == {QUEUE_FULL: 3}


@pytest.mark.usefixtures("recorded")
def test_a_chart_is_printed_with_its_events_and_losses_are_narrated() -> None:
    ran = hydra("history", "ollama")
    assert ran.status == 0
    assert ran.out.startswith("ollama  latency_s, last 60 min: min 250 ms  mean 250 ms  max 250 ms\n")
    assert "█" in ran.out
    assert "down          refused" in ran.out.splitlines()[-1]
    assert ran.err == f"3 readings could not be kept: {QUEUE_FULL}\n"


@pytest.mark.usefixtures("recorded")
@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["hydra-a"], "nothing is recorded of `hydra-a`; did you mean `hydra-ai`?"),
        (["zzz"], "nothing is recorded of `zzz`; there is hydra-ai, ollama"),
        (["hydra-ai", "--gpu", "1"], "hydra-ai has no recorded `gpu 1`; did you mean `gpu 0`?"),
        (["ollama", "--gpu", "0"], "ollama has no recorded `gpu 0`"),
        (["ollama", "--metric", "zz"], "ollama has no recorded metric `zz`; there is up, latency_s"),
        (["ollama", "--gpu", "0", "--disk", "/"], "give --gpu or --disk, not both"),
        (["ollama", "--since", "5x"], "`5x` is not a duration"),
        (["ollama", "--since", "1s"], "must be from 10s to 730d"),
        ([], "Missing argument 'NAME'"),
    ],
)
def test_what_is_not_recorded_is_answered_with_what_is(words: list[str], complaint: str) -> None:
    ran = hydra("history", *words)
    assert (ran.status, ran.out) == (2, "")
    assert complaint in ran.err


def test_without_a_history_the_way_to_one_is_told(tmp_path: Path) -> None:
    ran = hydra("history", "hydra-ai")
    assert ran.status == 5
    assert "there is no history" in ran.err
    assert "the console writes it" in ran.err


def test_a_simulated_cluster_says_why_it_has_none(tmp_path: Path) -> None:
    config = tmp_path / "config.yaml"
    config.write_text("simulation: {control: 'http://127.0.0.1:1', token: 'env:T'}\n")
    ran = hydra("history", "hydra-ai", "-c", config)
    assert ran.status == 5
    assert "`history.file`" in ran.err


def test_the_file_of_the_configuration_is_read(recorded: Path, tmp_path: Path) -> None:
    elsewhere = recorded.rename(tmp_path / "lab.db")
    config = tmp_path / "config.yaml"
    config.write_text(f"history: {{file: {elsewhere}}}\n")
    assert hydra("history", "ollama", "-c", config, "--json").json()["points"]
