"""The loop's lines about processes, gathered into the newest complete list of them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from hydra_tui.core.processes import GpuProcess
from hydra_tui.core.text import inert
from hydra_tui.hosts import cgroup, command_line, compute_apps, nvidia_smi
from hydra_tui.hosts.number import whole

MOST_PROCESSES = 256
"""Of one host."""

_MOST_GROUPS = 16


@dataclass(slots=True)
class _Told:
    """What `/proc` told of one process so far."""

    user: str | None = None
    command: str | None = None
    groups: list[str] = field(default_factory=list)


class ProcessBlocks:
    """A list counts when its end comes: until then, and after a look that failed, the one before does."""

    def __init__(self) -> None:
        self.processes: tuple[GpuProcess, ...] | None = None
        """`None` until a look has succeeded, and after one that was refused."""
        self.note = ""
        self._said = ""
        self._open: list[GpuProcess] = []
        self._told: dict[int, _Told] = {}

    def row(self, text: str) -> None:
        """A row of the tool, or whatever else it said."""
        process = compute_apps.parse(text)
        if process is None:
            self._said = self._said or nvidia_smi.said(text)
        elif len(self._open) < MOST_PROCESSES:
            self._open.append(process)

    def user(self, text: str) -> None:
        """`PID NAME`: whose it is."""
        told, name = self._told_of(text)
        if told:
            told.user = inert(name, 40) or None

    def command(self, text: str) -> None:
        """`PID COMMAND LINE`."""
        told, line = self._told_of(text)
        if told:
            told.command = command_line.shown(line)

    def group(self, text: str) -> None:
        """`PID LINE`: one line of its `/proc/PID/cgroup`."""
        told, line = self._told_of(text)
        if told and len(told.groups) < _MOST_GROUPS:
            told.groups.append(line)

    def ended(self, code: str) -> None:
        """The list is complete, or the tool failed with this exit code."""
        if whole(code) == 0:
            self.processes, self.note = tuple(map(self._finished, self._open)), ""
        else:
            self.processes, self.note = None, self._said or nvidia_smi.ended(code)
        self._begin()

    def _begin(self) -> None:
        self._said, self._open, self._told = "", [], {}

    def _told_of(self, text: str) -> tuple[_Told | None, str]:
        number, _, rest = text.partition(" ")
        pid = whole(number)
        if pid is None or not any(process.pid == pid for process in self._open):
            return None, ""
        return self._told.setdefault(pid, _Told()), rest

    def _finished(self, process: GpuProcess) -> GpuProcess:
        told = self._told.get(process.pid)
        if told is None:
            return process
        return replace(
            process,
            readable=True,
            user=told.user,
            command=told.command,
            keeper=cgroup.keeper(told.groups),
        )
