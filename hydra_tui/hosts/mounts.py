"""The disks of this machine, asked of the kernel: what `df` does, without a process."""

from __future__ import annotations

import os
import re
from pathlib import Path

from hydra_tui.core.host import Disk
from hydra_tui.core.text import inert
from hydra_tui.hosts import df

_ESCAPE = re.compile(r"\\([0-7]{3})")
"""How `/proc/self/mounts` spells a space, a tab, a newline and a backslash (fstab(5))."""


def disks(mounts: Path) -> tuple[Disk, ...]:
    """The real disks of a file such as `/proc/self/mounts`.

    Blocks for as long as a dead network mount does.
    """
    rows = (line.split(" ") for line in _lines(mounts))
    places = ((_plain(row[0]), _plain(row[1])) for row in rows if len(row) >= 2)
    asked = (_disk(device, mount) for device, mount in places if df.is_real(device, mount))
    return df.distinct(disk for disk in asked if disk)


def _lines(mounts: Path) -> list[str]:
    try:
        return mounts.read_text(errors="replace").splitlines()
    except OSError:
        return []


def _disk(device: str, mount: str) -> Disk | None:
    try:
        found = os.statvfs(mount)
    except (OSError, ValueError):  # gone, forbidden, or a name that no path can have
        return None
    block = found.f_frsize
    used = found.f_blocks - found.f_bfree
    sizes = (found.f_blocks * block, used * block, found.f_bavail * block)
    return Disk(inert(device), inert(mount), *sizes)


def _plain(text: str) -> str:
    return _ESCAPE.sub(lambda found: chr(int(found[1], 8)), text)
