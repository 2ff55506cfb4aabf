"""What `df -P` prints, as disks: coreutils' and BusyBox' shapes, in bytes or in KiB."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from hydra_tui.core.host import Disk
from hydra_tui.core.text import inert
from hydra_tui.hosts.number import whole
from hydra_tui.hosts.procfs import matches

PSEUDO_DEVICES = (
    *("tmpfs", "devtmpfs", "udev", "shm", "none", "dev", "run", "rootfs", "proc", "sysfs", "cgroup*"),
    *("overlay", "overlayfs", "squashfs", "ramfs", "efivarfs", "devfs", "/dev/loop*", "*-fuse", "portal"),
    *("gvfsd*", "fusectl", "nsfs", "lxcfs", "systemd-*"),
)
"""Patterns of device names that hold no disk of their own."""

_UNITS: Mapping[str, int] = MappingProxyType(
    {"1-blocks": 1, "1B-blocks": 1, "1024-blocks": 1024, "1K-blocks": 1024}
)
_ROW = re.compile(
    r"(?P<device>\S+(?: \S+)*?)\s+(?P<size>\d+)\s+(?P<used>\d+)\s+(?P<free>\d+)\s+(?:\d+%|-)\s+"
    r"(?P<mount>/.*)",
    re.ASCII,
)
"""Names may hold spaces, at either end of the row."""


def parse(text: str) -> tuple[Disk, ...]:
    """The real disks of a table that starts with its header; empty when it is none."""
    header, *rows = text.strip("\n").splitlines() or [""]
    unit = next((size for name, size in _UNITS.items() if name in header.split()), None)
    if unit is None:
        return ()
    return distinct(disk for row in rows if (disk := _disk(row, unit)))


def _disk(row: str, unit: int) -> Disk | None:
    found = _ROW.fullmatch(row)
    if not found:
        return None
    size, used, free = (whole(found[name]) for name in ("size", "used", "free"))
    if size is None or used is None or free is None:
        return None
    return Disk(inert(found["device"]), inert(found["mount"]), size * unit, used * unit, free * unit)


def is_real(device: str, mount: str) -> bool:
    """Whether a device holds a disk of its own. The root counts whatever holds it, as in a container."""
    return mount == "/" or not matches(device, PSEUDO_DEVICES)


def distinct(disks: Iterable[Disk]) -> tuple[Disk, ...]:
    """Each real device once, at its shortest mount point: bind mounts repeat a device.

    Of two devices on one mount point the later one hides the other.
    """
    on_top = {disk.mount: disk for disk in disks if disk.size_bytes > 0 and is_real(disk.device, disk.mount)}
    by_length = sorted(on_top.values(), key=lambda disk: len(disk.mount), reverse=True)
    by_device = {disk.device: disk for disk in by_length}
    return tuple(sorted(by_device.values(), key=lambda disk: disk.mount))
