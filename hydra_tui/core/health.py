"""When a node that answers is still not well."""

from __future__ import annotations

from hydra_tui.core.host import HostSample
from hydra_tui.core.state import State

DISK_FULL_PERCENT = 95.0
MEMORY_LOW_RATIO = 0.03

_DRIVER_TROUBLE = (
    "mismatch",
    "couldn't communicate",
    "failed to initialize",
    "fallen off",
    "no longer answers",
    "does not answer",
    "external power",
    "corrupt",
)


def verdict(sample: HostSample) -> tuple[State, str]:
    """The state of a node that gave this sample, and why it is not simply up."""
    complaints = [*_full_disks(sample), *_low_memory(sample), *_lost_driver(sample)]
    return (State.DEGRADED, "; ".join(complaints)) if complaints else (State.UP, "")


def _full_disks(sample: HostSample) -> list[str]:
    return [
        f"disk {disk.mount} is {disk.used_percent:.0f} % full"
        for disk in sample.disks
        if disk.used_percent >= DISK_FULL_PERCENT
    ]


def _low_memory(sample: HostSample) -> list[str]:
    if sample.memory_total_bytes and sample.memory_available_bytes is not None:
        left = sample.memory_available_bytes / sample.memory_total_bytes
        if left < MEMORY_LOW_RATIO:
            return [f"only {100 * left:.0f} % of the memory is available"]
    return []


def _lost_driver(sample: HostSample) -> list[str]:
    note = sample.gpu_note.lower()
    return [sample.gpu_note] if any(sign in note for sign in _DRIVER_TROUBLE) else []
