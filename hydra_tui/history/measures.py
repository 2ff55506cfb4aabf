"""What of a reading is worth keeping as numbers."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from hydra_tui.core.host import HostSample
from hydra_tui.core.readings import Reading
from hydra_tui.core.state import State
from hydra_tui.history.series_key import Measure, SeriesKey, disk_part, gpu_part

UP = "up"
"""1 when a reading found its target up, else 0: the mean is the share of time that it was."""

LATENCY = "latency_s"

HOST_METRICS = (
    "cpu_percent",
    "load_1m",
    "memory_used_bytes",
    "received_bytes_per_s",
    "sent_bytes_per_s",
)
"""Of a `HostSample`, under its own names."""

GPU_METRICS = (
    "utilisation_percent",
    "vram_used_bytes",
    "temperature_c",
    "power_w",
    "sm_clock_mhz",
    "fan_percent",
)
"""Of a `Gpu`, under its own names."""

DISK_METRICS = ("used_bytes",)
"""Of a `Disk`, under its own names."""

MOST_DISKS = 32
"""Of one host: a list that another machine sends has no end of its own."""

Value = tuple[str, str, float | None]
"""Part, metric, value."""


def measures(reading: Reading) -> list[Measure]:
    """Every number of the reading that is kept; of a failed one only that it was not up."""
    at_ms = round(reading.at * 1000)
    return [
        Measure(SeriesKey(reading.name, metric, part), at_ms, float(value))
        for part, metric, value in _values(reading)
        if value is not None and math.isfinite(value)
    ]


def _values(reading: Reading) -> Iterator[Value]:
    yield "", UP, float(reading.state is State.UP)
    if isinstance(reading.found, HostSample):
        yield from _of_host(reading.found)
    elif reading.found is not None:
        yield "", LATENCY, reading.latency_s


def _of_host(sample: HostSample) -> Iterator[Value]:
    yield from _named(sample, "", HOST_METRICS)
    for gpu in sample.gpus:
        yield from _named(gpu, gpu_part(gpu.index), GPU_METRICS)
    for disk in sample.disks[:MOST_DISKS]:
        yield from _named(disk, disk_part(disk.mount), DISK_METRICS)


def _named(source: object, part: str, metrics: Iterable[str]) -> Iterator[Value]:
    return ((part, metric, getattr(source, metric)) for metric in metrics)
