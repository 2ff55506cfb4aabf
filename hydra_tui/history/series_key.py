"""What a series of values is about."""

from __future__ import annotations

from typing import NamedTuple


class SeriesKey(NamedTuple):
    """One number of one thing, over time."""

    subject: str
    """The node or service."""
    metric: str
    """Ends in its unit, like a key of the JSON: `cpu_percent`, `vram_used_bytes`, `latency_s`."""
    part: str = ""
    """Of the subject: `gpu 0`, `disk /`; empty for the whole of it."""


class Measure(NamedTuple):
    """One value of a series."""

    key: SeriesKey
    at_ms: int
    """Milliseconds since the epoch."""
    value: float
    """Finite."""


def gpu_part(index: int) -> str:
    """The part that a GPU is, by its place in the driver's list."""
    return f"gpu {index}"


def disk_part(mount: str) -> str:
    """The part that a disk is, by its mount point."""
    return f"disk {mount}"
