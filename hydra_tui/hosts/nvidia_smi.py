"""What `nvidia-smi --query-gpu=… --format=csv,noheader,nounits` prints, and what it says instead."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from hydra_tui.core.gpu import Gpu, shares_memory
from hydra_tui.core.text import inert
from hydra_tui.core.throttle import throttles
from hydra_tui.hosts import nvidia_words
from hydra_tui.hosts.number import decimal, whole

SHORT = (
    *("index", "uuid", "name", "driver_version"),
    *("memory.total", "memory.used", "utilization.gpu", "temperature.gpu"),
)
"""The fields that no driver refuses: one unknown name fails the whole query."""

PLAIN = (
    *SHORT,
    *("power.draw", "enforced.power.limit", "clocks.current.sm", "clocks.current.memory", "fan.speed"),
)
"""Those of a driver that does not yet reserve memory (before 510)."""

_REASONS = "clocks_event_reasons.active"

FIELDS = (
    *PLAIN,
    *("utilization.memory", "memory.reserved", "pstate", _REASONS),
    *("pcie.link.gen.current", "pcie.link.gen.max", "pcie.link.width.current", "pcie.link.width.max"),
    *("ecc.errors.uncorrected.volatile.total", "mig.mode.current"),
)
"""The fields that are asked for first. Memory in MiB, power in W, clocks in MHz, the rest in % and °C."""

OLDER = tuple("clocks_throttle_reasons.active" if field == _REASONS else field for field in FIELDS)
"""The same for a driver before 535, which calls the reasons by their first name."""

QUERIES = (FIELDS, OLDER, PLAIN, SHORT)
"""Each is asked when the driver refused a field of the one before."""

_REFUSED_FIELD = "is not a valid field to query"
"""Not a failure: the short query follows."""

_MIB = 1024 * 1024

_LENGTHS = frozenset(map(len, QUERIES))

_CUDA = re.compile(r"CUDA (?:UMD )?version\s*:\s*(?P<version>\d{1,3}\.\d{1,3})", re.IGNORECASE | re.ASCII)
_MASK = re.compile(r"0x[0-9a-fA-F]{1,16}")
_PSTATE = re.compile(r"P\d{1,2}", re.ASCII)


def parse(line: str) -> Gpu | None:
    """One GPU; `None` when the line is not a row of either query."""
    columns = [column.strip() for column in line.split(",")]
    index = whole(columns[0])
    if index is None or len(columns) not in _LENGTHS:
        return None
    row = dict(zip(FIELDS, columns, strict=False))
    name = _words(row["name"]) or "NVIDIA GPU"
    return Gpu(
        index=index,
        uuid=_words(row["uuid"]) or "",
        name=name,
        vram_total_bytes=_size(row, "memory.total"),
        vram_used_bytes=_size(row, "memory.used"),
        utilisation_percent=decimal(row["utilization.gpu"]),
        temperature_c=decimal(row["temperature.gpu"]),
        power_w=_measure(row, "power.draw"),
        power_limit_w=_measure(row, "enforced.power.limit"),
        sm_clock_mhz=_measure(row, "clocks.current.sm"),
        memory_clock_mhz=_measure(row, "clocks.current.memory"),
        fan_percent=_measure(row, "fan.speed"),
        driver=_words(row["driver_version"]),
        memory_utilisation_percent=_measure(row, "utilization.memory"),
        vram_reserved_bytes=_size(row, "memory.reserved"),
        pcie_generation=whole(row.get("pcie.link.gen.current", "")),
        pcie_generation_max=whole(row.get("pcie.link.gen.max", "")),
        pcie_width=whole(row.get("pcie.link.width.current", "")),
        pcie_width_max=whole(row.get("pcie.link.width.max", "")),
        pstate=_pstate(row.get("pstate", "")),
        throttles=throttles(_mask(row.get(_REASONS, ""))),
        ecc_uncorrected=whole(row.get("ecc.errors.uncorrected.volatile.total", "")),
        mig=_SWITCH.get(row.get("mig.mode.current", "")),
        unified_memory=shares_memory(name) and whole(row["memory.total"]) is None,
    )


_SWITCH: Mapping[str, bool] = MappingProxyType({"Enabled": True, "Disabled": False})


def _measure(row: Mapping[str, str], field: str) -> float | None:
    return decimal(row.get(field, ""))


def _size(row: Mapping[str, str], field: str) -> int | None:
    mib = _measure(row, field)
    return None if mib is None else round(mib * _MIB)


def _mask(text: str) -> int | None:
    return int(text, 16) if _MASK.fullmatch(text) else None


def _pstate(text: str) -> str | None:
    return text if _PSTATE.fullmatch(text) else None


def cuda(line: str) -> str | None:
    """The version in a line of `nvidia-smi -q`; drivers from 595 on call it the CUDA UMD version."""
    found = _CUDA.match(line)
    return found["version"] if found else None


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
