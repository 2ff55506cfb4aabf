"""The facts of this machine that the sampling loop tells seldom: its system, its warmth, ZFS' cache."""

from __future__ import annotations

from pathlib import Path

from hydra_tui.hosts.number import whole
from hydra_tui.hosts.standing import cache_that_gives_way, celsius, pretty

SYS = Path("/sys/class")
OS_RELEASE = Path("/etc/os-release")

_CHIPS = ("coretemp", "k10temp", "zenpower", "cpu_thermal")
_ZONES = ("x86_pkg_temp", "cpu", "CPU", "soc")


def os_name(path: Path = OS_RELEASE) -> str | None:
    """`PRETTY_NAME` of os-release(5)."""
    lines = (line.partition("=") for line in read(path).splitlines())
    return next((pretty(value) for name, _, value in lines if name == "PRETTY_NAME"), None)


def processor_c(root: Path = SYS) -> float | None:
    """The processor's temperature in degrees: the first known sensor, else the first known zone."""
    chips = (chip / "temp1_input" for chip in _named(root, "hwmon/hwmon*", "name", _CHIPS))
    zones = (zone / "temp" for zone in _named(root, "thermal/thermal_zone*", "type", _ZONES))
    readings = (celsius(read(path)) for path in (*chips, *zones))
    return next((reading for reading in readings if reading is not None), None)


def zfs_cache_bytes(proc: Path) -> int | None:
    """The part of ZFS' cache that gives way; `None` without ZFS."""
    rows = (line.split() for line in read(proc / "spl/kstat/zfs/arcstats").splitlines())
    sizes = {row[0]: number for row in rows if len(row) == 3 and (number := whole(row[2])) is not None}
    return cache_that_gives_way(sizes)


def read(path: Path) -> str:
    """The text of a file of the kernel's; empty when it cannot be read."""
    try:
        return path.read_text(errors="replace")
    except OSError:
        return ""


def _named(root: Path, pattern: str, file: str, names: tuple[str, ...]) -> list[Path]:
    return [path for path in sorted(root.glob(pattern)) if read(path / file).strip().startswith(names)]
