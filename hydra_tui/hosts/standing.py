"""What the loop tells seldom, and what holds until it is told again."""

from __future__ import annotations

from dataclasses import replace

from hydra_tui.core.host import Disk, HostCounters
from hydra_tui.core.text import inert
from hydra_tui.hosts import df
from hydra_tui.hosts.number import whole

MOST_LINES = 512
"""Of one table of disks, and of one section of a frame."""


class Standing:
    """Processors, names, disks, the processor's temperature and ZFS' cache."""

    def __init__(self) -> None:
        self._table: list[str] = []
        self._disks: tuple[Disk, ...] = ()
        self._cores: int | None = None
        self._kernel: str | None = None
        self._os: str | None = None
        self._temperature_c: float | None = None
        self._cache: dict[str, int] = {}

    def put_into(self, counters: HostCounters) -> HostCounters:
        """The counters of a frame, with what stands."""
        return replace(
            counters,
            cores=self._cores,
            kernel=self._kernel,
            os=self._os,
            disks=self._disks,
            temperature_c=self._temperature_c,
            zfs_cache_bytes=cache_that_gives_way(self._cache),
        )

    def cores(self, text: str) -> None:
        """How many processors are online."""
        self._cores = whole(text) or None

    def kernel(self, text: str) -> None:
        """Its release."""
        self._kernel = inert(text, 80) or None

    def os(self, text: str) -> None:
        """`PRETTY_NAME` of os-release(5), with or without quotes."""
        self._os = pretty(text)

    def temperature(self, text: str) -> None:
        """Thousandths of a degree."""
        self._temperature_c = celsius(text)

    def cache(self, text: str) -> None:
        """`NAME BYTES`, of ZFS' arcstats."""
        name, _, size = text.partition(" ")
        number = whole(size)
        if name in ("size", "c_min") and number is not None:
            self._cache[name] = number

    def disk(self, text: str) -> None:
        """A line of `df`; its header begins a new table."""
        if text.startswith("Filesystem"):
            self._table = []
        if len(self._table) < MOST_LINES:
            self._table.append(text)

    def disks_end(self, _: str) -> None:
        """The table counts, if it is one."""
        self._disks = df.parse("\n".join(self._table)) or self._disks
        self._table = []


def pretty(text: str) -> str | None:
    """A value of os-release(5) without its quotes."""
    return inert(text.strip().strip("\"'"), 80) or None


def celsius(text: str) -> float | None:
    """Degrees out of the kernel's thousandths."""
    milli = whole(text.strip())
    return None if milli is None else milli / 1000


def cache_that_gives_way(arc: dict[str, int]) -> int | None:
    """The part of ZFS' cache above the least that it keeps; `None` without ZFS."""
    size = arc.get("size")
    return None if size is None else max(0, size - arc.get("c_min", 0))
