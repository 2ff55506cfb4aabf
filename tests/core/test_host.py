"""A sample is made of two looks: rates, and what makes a rate impossible."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hydra_tui.core.gpu import Gpu
from hydra_tui.core.host import Disk, HostCounters, HostSample, sample
from hydra_tui.core.processes import GpuProcess

FIRST = HostCounters(
    at=1000.0, cpu_busy_jiffies=300, cpu_total_jiffies=1000, received_bytes=50_000, sent_bytes=8_000
)
SECOND = HostCounters(
    at=1002.0, cpu_busy_jiffies=350, cpu_total_jiffies=1200, received_bytes=52_000, sent_bytes=9_000
)

counts = st.none() | st.integers(0, 10**12)


def test_two_looks_give_rates() -> None:
    taken = sample(FIRST, SECOND)
    assert taken.cpu_percent == 25.0
    assert taken.received_bytes_per_s == 1000.0
    assert taken.sent_bytes_per_s == 500.0
    assert taken.at == 1002.0


def test_a_first_look_has_no_rates() -> None:
    taken = sample(None, FIRST)
    assert (taken.cpu_percent, taken.received_bytes_per_s, taken.sent_bytes_per_s) == (None, None, None)


def test_everything_but_rates_is_taken_over_as_it_is() -> None:
    counters = replace(
        SECOND,
        cores=16,
        load_1m=1.0,
        load_5m=2.0,
        load_15m=3.0,
        memory_total_bytes=64,
        memory_available_bytes=16,
        swap_total_bytes=8,
        swap_free_bytes=4,
        uptime_s=99.0,
        kernel="6.12",
        disks=(Disk("/dev/sda1", "/", 100, 40, 50),),
        gpus=(Gpu(0, "GPU-0", "RTX 4090"),),
        gpu_note="one of two",
        gpu_processes=(GpuProcess("GPU-0", 1),),
        gpu_process_note="said",
        os="Debian",
        temperature_c=54.0,
        zfs_cache_bytes=7,
    )
    taken = sample(FIRST, counters)
    shared = {field.name for field in fields(HostCounters)} & {field.name for field in fields(HostSample)}
    assert len(shared) == 19
    assert {name: getattr(taken, name) for name in shared} == {
        name: getattr(counters, name) for name in shared
    }


@pytest.mark.parametrize(
    ("change", "silent"),
    [
        ({"received_bytes": 10}, {"received_bytes_per_s"}),
        ({"received_bytes": None}, {"received_bytes_per_s"}),
        ({"sent_bytes": 10}, {"sent_bytes_per_s"}),
        ({"cpu_busy_jiffies": 5, "cpu_total_jiffies": 20}, {"cpu_percent"}),
        ({"cpu_busy_jiffies": 299}, {"cpu_percent"}),
        ({"cpu_busy_jiffies": None}, {"cpu_percent"}),
        ({"cpu_total_jiffies": 1000, "cpu_busy_jiffies": 300}, {"cpu_percent"}),
        ({"at": 1000.0}, {"received_bytes_per_s", "sent_bytes_per_s"}),
        ({"at": 900.0}, {"received_bytes_per_s", "sent_bytes_per_s"}),
    ],
)
def test_a_counter_that_went_back_or_is_missing_gives_no_rate(
    change: dict[str, float | None], silent: set[str]
) -> None:
    taken = sample(FIRST, replace(SECOND, **change))  # type: ignore[arg-type]
    rates = {"cpu_percent", "received_bytes_per_s", "sent_bytes_per_s"}
    assert {rate for rate in rates if getattr(taken, rate) is None} == silent


def test_a_look_that_missed_a_counter_costs_the_next_rate_too() -> None:
    assert sample(replace(FIRST, received_bytes=None), SECOND).received_bytes_per_s is None


@given(counts, counts, counts, counts)
@example(90, 40, 10, 20)
def test_busy_is_a_percentage_or_unknown(
    busy: int | None, total: int | None, busy_then: int | None, total_then: int | None
) -> None:
    before = HostCounters(1.0, busy_then, total_then)
    percent = sample(before, HostCounters(2.0, busy, total)).cpu_percent
    assert percent is None or 0.0 <= percent <= 100.0


@pytest.mark.parametrize(
    ("total", "available", "used"), [(100, 30, 70), (None, 30, None), (100, None, None), (100, 0, 100)]
)
def test_memory_used_is_what_is_not_available(
    total: int | None, available: int | None, used: int | None
) -> None:
    taken = HostSample(1.0, memory_total_bytes=total, memory_available_bytes=available)
    assert taken.memory_used_bytes == used


@pytest.mark.parametrize(
    ("used", "available", "percent"), [(45, 45, 50.0), (95, 0, 100.0), (0, 90, 0.0), (0, 0, 0.0)]
)
def test_a_disk_is_as_full_as_df_says(used: int, available: int, percent: float) -> None:
    assert Disk("/dev/sda1", "/", 100, used, available).used_percent == percent


def test_the_cache_of_zfs_is_no_use() -> None:
    levels = HostCounters(at=0.0, memory_total_bytes=100, memory_available_bytes=20)
    assert levels.memory_used_bytes == 80
    assert replace(levels, zfs_cache_bytes=50).memory_used_bytes == 30
    assert replace(levels, zfs_cache_bytes=500).memory_used_bytes == 0


def test_a_gpu_without_memory_of_its_own_shows_its_hosts() -> None:
    own, shared = Gpu(0, "a", "L40S", 7, 3), Gpu(1, "b", "GB10", unified_memory=True)
    after = HostCounters(at=0.0, memory_total_bytes=100, memory_available_bytes=20, gpus=(own, shared))
    first, second = sample(None, after).gpus
    assert first == own
    assert (second.vram_total_bytes, second.vram_used_bytes) == (100, 80)
