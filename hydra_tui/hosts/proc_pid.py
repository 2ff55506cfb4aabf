"""What `/proc/PID` of this machine tells of processes that a driver named."""

from __future__ import annotations

import pwd
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from hydra_tui.core.processes import GpuProcess
from hydra_tui.core.text import inert
from hydra_tui.hosts import cgroup, command_line
from hydra_tui.hosts.seldom_facts import read

_READ = 480
"""Characters of a command line, as the sampling loop sends them."""


def told(processes: Iterable[GpuProcess], proc: Path) -> tuple[GpuProcess, ...]:
    """The processes with their user, command and keeper; one that hides from us stays as it is."""
    return tuple(_told(process, proc / str(process.pid)) for process in processes)


def _told(process: GpuProcess, place: Path) -> GpuProcess:
    lines = (line.split() for line in read(place / "status").splitlines())
    uid = next((row[1] for row in lines if row[:1] == ["Uid:"] and len(row) > 1), None)
    if uid is None:
        return process
    command = read(place / "cmdline")[:_READ]
    executable = command.partition("\0")[0]
    return replace(
        process,
        readable=True,
        name=process.name or inert(executable, 120) or None,
        user=_user(uid),
        command=command_line.shown(command),
        keeper=cgroup.keeper(read(place / "cgroup").splitlines()),
    )


def _user(uid: str) -> str:
    try:
        return inert(pwd.getpwuid(int(uid)).pw_name, 40)
    except (KeyError, ValueError, OverflowError):
        return inert(uid, 40)
