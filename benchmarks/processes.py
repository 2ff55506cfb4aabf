"""What the kernel says of a process and its descendants."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
TICKS_PER_S = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Memory:
    """Bytes, summed over the family."""

    rss_bytes: int
    pss_bytes: int
    """Shared pages divided among their users."""


def family(pid: int) -> list[int]:
    """The process and all that descend from it, itself first."""
    children: dict[int, list[int]] = {}
    for entry in PROC.iterdir():
        if entry.name.isdigit() and (fields := _stat(int(entry.name))):
            children.setdefault(int(fields[1]), []).append(int(entry.name))
    return list(_descend(pid, children))


def cpu_seconds(pid: int) -> float:
    """User and system time of the family, with its awaited dead (proc(5): fields 14 to 17)."""
    return sum(sum(map(int, _stat(member)[11:15])) for member in family(pid)) / TICKS_PER_S


def memory(pid: int) -> Memory:
    """Resident and proportional set of the family (`smaps_rollup`, kB of 1024 bytes)."""
    totals = {"Rss": 0, "Pss": 0}
    for member in family(pid):
        for line in (PROC / str(member) / "smaps_rollup").read_text().splitlines():
            name, _, amount = line.partition(":")
            if name in totals:
                totals[name] += int(amount.split()[0]) * 1024
    return Memory(rss_bytes=totals["Rss"], pss_bytes=totals["Pss"])


def _descend(pid: int, children: dict[int, list[int]]) -> Iterator[int]:
    yield pid
    for child in children.get(pid, ()):
        yield from _descend(child, children)


def _stat(pid: int) -> list[str]:
    """Fields after the command's name, state first; empty when the process is gone."""
    try:
        return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []
