"""The processes that a test started, found by a mark in their environment."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

MARK = "HYDRA_TEST_FAMILY"


def family(name: str) -> dict[int, str]:
    """Command lines, by process id, of every living process that inherited the mark."""
    wanted = f"{MARK}={name}".encode()
    return {
        int(entry.name): _read(entry / "cmdline").replace(b"\0", b" ").decode(errors="replace")
        for entry in Path("/proc").iterdir()
        if entry.name.isdigit() and wanted in _read(entry / "environ").split(b"\0")
    }


def wait_until(holds: Callable[[], object], seconds: float = 15.0) -> bool:
    """Whether it comes to hold within so many seconds."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
