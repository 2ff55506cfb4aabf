"""What was recorded before fills the sparklines of the next console."""

from __future__ import annotations

from pathlib import Path

import pytest

from hydra_tui.core.cluster import Node, Service
from hydra_tui.engine.recall import recalling
from hydra_tui.history.series_key import Measure, SeriesKey, gpu_part
from hydra_tui.history.writer import Writer

NOW = 1_790_000_000.0
NODE = Node("hydra-ai", interval_s=2.0)
SERVICE = Service("ollama", "ollama", interval_s=5.0)


def remembered(path: Path, *values: tuple[SeriesKey, float, float]) -> None:
    """Values read so many seconds before now."""
    writer = Writer(path)
    writer.write([Measure(key, round((NOW - ago) * 1000), value) for key, ago, value in values], (), {}, NOW)
    writer.close()


def utilisation(index: int) -> SeriesKey:
    return SeriesKey("hydra-ai", "utilisation_percent", gpu_part(index))


def test_processors_gpus_and_latencies_of_the_last_minutes_are_recalled(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    cpu, latency = SeriesKey("hydra-ai", "cpu_percent"), SeriesKey("ollama", "latency_s")
    remembered(
        path,
        (cpu, 700, 99.0),
        (cpu, 12, 10.0),
        (cpu, 2, 30.0),
        (utilisation(0), 2, 40.0),
        (utilisation(1), 2, 50.0),
        (utilisation(3), 2, 60.0),
        (latency, 7, 0.25),
        (SeriesKey("hydra-ai", "load_1m"), 2, 1.0),
    )
    recall = recalling(path, NOW)
    node, service = recall(NODE), recall(SERVICE)
    assert isinstance(node, Node)
    assert isinstance(service, Service)
    assert node.cpu.values == (10.0, None, 30.0)
    assert [series.values for series in node.gpu_utilisation] == [(40.0,), (50.0,)]
    assert service.latency.values == (0.25,)


def test_what_is_read_next_is_added_where_the_clock_stands(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    remembered(path, (SeriesKey("hydra-ai", "cpu_percent"), 60, 10.0))
    node = recalling(path, NOW)(NODE)
    assert isinstance(node, Node)
    assert node.cpu.add(NOW, 5.0).values == (10.0, *[None] * 11, 5.0)


@pytest.mark.parametrize("content", [None, b"no history at all " * 100])
def test_without_a_history_targets_are_shown_as_they_are(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "history.db"
    if content is not None:
        path.write_bytes(content)
    recall = recalling(path, NOW)
    assert (recall(NODE), recall(SERVICE)) == (NODE, SERVICE)
    assert path.exists() == (content is not None)
