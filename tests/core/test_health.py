"""A node that answers and still is not well."""

from __future__ import annotations

import pytest

from hydra_tui.core.health import verdict
from hydra_tui.core.host import Disk, HostSample
from hydra_tui.core.state import State

GIB = 2**30


def disk(mount: str, percent: float) -> Disk:
    used = int(percent * GIB)
    return Disk("/dev/nvme0n1p2", mount, 100 * GIB, used, 100 * GIB - used)


def memory(available_percent: float) -> HostSample:
    return HostSample(1.0, memory_total_bytes=100 * GIB, memory_available_bytes=int(available_percent * GIB))


@pytest.mark.parametrize(
    "sample",
    [
        HostSample(1.0),
        HostSample(1.0, disks=(disk("/", 94.9), disk("/data", 0.0))),
        HostSample(1.0, disks=(Disk("/dev/sr0", "/media", 0, 0, 0),)),
        memory(3.0),
        HostSample(1.0, memory_total_bytes=0, memory_available_bytes=0),
        HostSample(1.0, memory_total_bytes=100 * GIB),
        HostSample(1.0, cpu_percent=100.0, load_1m=400.0, cores=2),
        HostSample(1.0, swap_total_bytes=8 * GIB, swap_free_bytes=0),
        HostSample(1.0, gpu_note="nvidia-smi is not installed"),
        HostSample(1.0, gpu_note="the NVIDIA driver finds no GPU"),
    ],
)
def test_a_host_is_up_when_nothing_needs_a_hand(sample: HostSample) -> None:
    assert verdict(sample) == (State.UP, "")


@pytest.mark.parametrize(
    ("sample", "reason"),
    [
        (HostSample(1.0, disks=(disk("/", 95.0),)), "disk / is 95 % full"),
        (
            HostSample(1.0, disks=(disk("/", 20.0), disk("/data", 98.6), disk("/models", 100.0))),
            "disk /data is 99 % full; disk /models is 100 % full",
        ),
        (memory(2.0), "only 2 % of the memory is available"),
        (memory(0.0), "only 0 % of the memory is available"),
        (
            HostSample(1.0, gpu_note="NVIDIA driver/library version mismatch: reboot this host"),
            "NVIDIA driver/library version mismatch: reboot this host",
        ),
        (
            HostSample(1.0, gpu_note="couldn't communicate with the NVIDIA driver: it is not loaded"),
            "couldn't communicate with the NVIDIA driver: it is not loaded",
        ),
        (
            HostSample(1.0, gpu_note="nvidia-smi: Failed to initialize NVML: Unknown Error"),
            "nvidia-smi: Failed to initialize NVML: Unknown Error",
        ),
        (
            HostSample(1.0, gpu_note="a GPU has fallen off the bus: reboot this host"),
            "a GPU has fallen off the bus: reboot this host",
        ),
        (HostSample(1.0, gpu_note="nvidia-smi no longer answers"), "nvidia-smi no longer answers"),
        (
            HostSample(1.0, gpu_note="the NVIDIA driver does not answer"),
            "the NVIDIA driver does not answer",
        ),
    ],
)
def test_a_host_is_degraded_for_a_reason(sample: HostSample, reason: str) -> None:
    assert verdict(sample) == (State.DEGRADED, reason)


def test_all_complaints_are_told_at_once() -> None:
    sample = HostSample(
        1.0,
        memory_total_bytes=100 * GIB,
        memory_available_bytes=GIB,
        disks=(disk("/", 96.0),),
        gpu_note="a GPU has fallen off the bus: reboot this host",
    )
    state, reason = verdict(sample)
    assert state is State.DEGRADED
    assert reason == (
        "disk / is 96 % full; only 1 % of the memory is available; "
        "a GPU has fallen off the bus: reboot this host"
    )
