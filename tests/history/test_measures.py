"""What of a reading is kept as numbers."""

from __future__ import annotations

import math

import pytest

from hydra_tui.core.gpu import Gpu
from hydra_tui.core.host import Disk, HostSample
from hydra_tui.core.readings import Findings, Reading
from hydra_tui.core.state import State
from hydra_tui.history.measures import MOST_DISKS, measures

AT = 1_790_000_000.1234


def kept(reading: Reading) -> dict[tuple[str, str], float]:
    """The values by part and metric; each is of its target and moment."""
    found = measures(reading)
    assert {(each.key.subject, each.at_ms) for each in found} == {("x", 1_790_000_000_123)}
    return {(each.key.part, each.key.metric): each.value for each in found}


def test_a_host_is_kept_with_its_gpus_and_disks() -> None:
    gpu = Gpu(1, "GPU-1", "RTX 4090", vram_used_bytes=5, utilisation_percent=0.0, power_w=61.5)
    disk = Disk("/dev/sda1", "/", 100, 40, 55)
    sample = HostSample(
        1.0, load_1m=0.5, cpu_percent=12.5, memory_total_bytes=8, memory_available_bytes=5, gpus=(gpu,)
    )
    whole = HostSample(
        **{name: getattr(sample, name) for name in sample.__dataclass_fields__} | {"disks": (disk,)}
    )
    assert kept(Reading("x", AT, State.DEGRADED, found=whole)) == {
        ("", "up"): 0.0,
        ("", "cpu_percent"): 12.5,
        ("", "load_1m"): 0.5,
        ("", "memory_used_bytes"): 3.0,
        ("gpu 1", "utilisation_percent"): 0.0,
        ("gpu 1", "vram_used_bytes"): 5.0,
        ("gpu 1", "power_w"): 61.5,
        ("disk /", "used_bytes"): 40.0,
    }


@pytest.mark.parametrize(
    ("reading", "values"),
    [
        (Reading("x", AT, State.UP, latency_s=0.012, found=Findings()), {"up": 1.0, "latency_s": 0.012}),
        (Reading("x", AT, State.BUSY, latency_s=2.0, found=Findings()), {"up": 0.0, "latency_s": 2.0}),
        (Reading("x", AT, State.DOWN, "refused"), {"up": 0.0}),
        (Reading("x", AT, State.UP, latency_s=9.0, found=HostSample(AT)), {"up": 1.0}),
        (Reading("x", AT, State.UP, latency_s=math.nan, found=Findings()), {"up": 1.0}),
        (Reading("x", AT, State.UP, found=HostSample(AT, cpu_percent=math.inf)), {"up": 1.0}),
    ],
)
def test_what_was_not_read_is_not_kept(reading: Reading, values: dict[str, float]) -> None:
    assert kept(reading) == {("", metric): value for metric, value in values.items()}


def test_a_host_with_disks_without_end_is_kept_in_part() -> None:
    disks = tuple(Disk(f"/dev/{n}", f"/{n}", 2, 1, 1) for n in range(1000))
    found = kept(Reading("x", AT, State.UP, found=HostSample(AT, disks=disks)))
    assert len(found) == MOST_DISKS + 1
