"""Watching processes and their marks, by condition and never by duration."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

PATIENCE_S = 20.0


async def until(condition: Callable[[], bool]) -> None:
    """Waits until it holds; a `TimeoutError` when it never does."""
    async with asyncio.timeout(PATIENCE_S):
        while not condition():  # noqa: ASYNC110 - other processes set no asyncio event
            await asyncio.sleep(0.02)


def alive(pid: int) -> bool:
    """Whether a process has that id and is no zombie."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def running(mark: str) -> list[int]:
    """The processes in whose command line that text stands."""
    return [int(folder.name) for folder in Path("/proc").glob("[0-9]*") if mark in _command_line(folder)]


def _command_line(folder: Path) -> str:
    try:
        return (folder / "cmdline").read_bytes().decode(errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return ""


async def until_gone(pid: int) -> None:
    """Waits until that process has ended."""
    await until(lambda: not alive(pid))


async def pids_in(file: Path) -> list[int]:
    """The process ids that a command wrote into a file, once its line is whole."""
    await until(lambda: file.exists() and file.read_text().endswith("\n"))
    return [int(word) for word in file.read_text().split()]  # noqa: ASYNC240 - a few bytes
