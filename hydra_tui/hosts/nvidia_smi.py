"""What `nvidia-smi --query-gpu=… --format=csv,noheader,nounits` prints, and what it says instead."""

from __future__ import annotations

from hydra_tui.core.gpu import Gpu
from hydra_tui.core.text import inert
from hydra_tui.hosts import nvidia_words
from hydra_tui.hosts.number import decimal, whole

SHORT = (
    *("index", "uuid", "name", "driver_version"),
    *("memory.total", "memory.used", "utilization.gpu", "temperature.gpu"),
)
"""The fields that no driver refuses: one unknown name fails the whole query."""

FIELDS = (
    *SHORT,
    *("power.draw", "enforced.power.limit", "clocks.current.sm", "clocks.current.memory", "fan.speed"),
)
"""The fields that are asked for first. Memory in MiB, power in W, clocks in MHz, the rest in % and °C."""

_REFUSED_FIELD = "is not a valid field to query"
"""Not a failure: the short query follows."""

_MIB = 1024 * 1024


def parse(line: str) -> Gpu | None:
    """One GPU; `None` when the line is not a row of either query."""
    columns = [column.strip() for column in line.split(",")]
    index = whole(columns[0])
    if index is None or len(columns) not in (len(FIELDS), len(SHORT)):
        return None
    row = dict(zip(FIELDS, columns, strict=False))

    def measure(field: str) -> float | None:
        return decimal(row.get(field, ""))

    def size(field: str) -> int | None:
        mib = measure(field)
        return None if mib is None else round(mib * _MIB)

    return Gpu(
        index=index,
        uuid=_words(row["uuid"]) or "",
        name=_words(row["name"]) or "NVIDIA GPU",
        vram_total_bytes=size("memory.total"),
        vram_used_bytes=size("memory.used"),
        utilisation_percent=measure("utilization.gpu"),
        temperature_c=measure("temperature.gpu"),
        power_w=measure("power.draw"),
        power_limit_w=measure("enforced.power.limit"),
        sm_clock_mhz=measure("clocks.current.sm"),
        memory_clock_mhz=measure("clocks.current.memory"),
        fan_percent=measure("fan.speed"),
        driver=_words(row["driver_version"]),
    )


def said(line: str) -> str:
    """What a line that is no row means, in words; empty when it means nothing to an operator."""
    if _REFUSED_FIELD in line or not line.strip():
        return ""
    return nvidia_words.of_text(line)


def ended(code: str) -> str:
    """What the exit code of the tool means, in words."""
    known = nvidia_words.of_code(whole(code) or 0)
    return known or f"nvidia-smi ended with code {inert(code, 8)}"


def _words(text: str) -> str | None:
    """A column of text; `[N/A]`, `N/A`, `ERR!` and `[Unknown Error]` are no reading."""
    if not text or text in ("N/A", "ERR!") or text.startswith("["):
        return None
    return inert(text, 80)
