"""The lines of the sampling loop, gathered into counters. Their format is told in `script.py`."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from hydra_tui.core.host import HostCounters
from hydra_tui.hosts.counters import kernel_counters
from hydra_tui.hosts.gpu_blocks import GpuBlocks
from hydra_tui.hosts.process_blocks import ProcessBlocks
from hydra_tui.hosts.script import MARK
from hydra_tui.hosts.standing import MOST_LINES, Standing

LONGEST_LINE = 4096
"""Characters; what is longer is no line of ours."""


class FrameParser:
    """Takes the loop's lines one by one, gives the counters of each complete frame.

    Anything may stand between the lines; nothing that stands there raises.
    """

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self._now = now
        self._tick = ""
        self._sections: dict[str, list[str]] = {}
        self._standing = Standing()
        self._gpus = GpuBlocks()
        self._processes = ProcessBlocks()
        self._handlers = self._table_of_handlers()

    def feed(self, line: str) -> HostCounters | None:
        """The counters that this line completes, if it does."""
        if not line.startswith(MARK) or len(line) > LONGEST_LINE:
            return None
        section, _, text = line.rstrip("\r\n").removeprefix(MARK).partition(" ")
        if section == "end":
            return self._end(text)
        if handler := self._handlers.get(section):
            handler(text)
        elif section in _FRAME_SECTIONS:
            _append(self._sections.setdefault(section, []), text)
        return None

    def _begin(self, tick: str) -> None:
        self._tick = tick
        self._sections = {}

    def _end(self, tick: str) -> HostCounters | None:
        if not tick or tick != self._tick:
            return None
        self._tick = ""
        texts = {name: "\n".join(lines) for name, lines in self._sections.items()}
        at = self._now()
        self._gpus.frame_ended(at)
        return self._counters(at, texts)

    def _counters(self, at: float, texts: Mapping[str, str]) -> HostCounters:
        return replace(
            self._standing.put_into(kernel_counters(at, texts)),
            gpus=self._gpus.gpus,
            gpu_note=self._gpus.note,
            gpu_processes=self._processes.processes,
            gpu_process_note=self._processes.note,
        )

    def _table_of_handlers(self) -> Mapping[str, Callable[[str], None]]:
        """What each section means that counts wherever it stands."""
        standing, gpus, processes = self._standing, self._gpus, self._processes
        return MappingProxyType(
            {
                "tick": self._begin,
                "cores": standing.cores,
                "kernel": standing.kernel,
                "os": standing.os,
                "temp": standing.temperature,
                "arc": standing.cache,
                "df": standing.disk,
                "df-end": standing.disks_end,
                "gpu": gpus.line,
                "gpu-end": gpus.ended,
                "cuda": gpus.serves,
                "app": processes.row,
                "app-user": processes.user,
                "app-cmd": processes.command,
                "app-cgroup": processes.group,
                "app-end": processes.ended,
            }
        )


_FRAME_SECTIONS = frozenset({"stat", "mem", "load", "up", "net"})
"""What counts only inside a frame."""


def _append(lines: list[str], line: str) -> None:
    if len(lines) < MOST_LINES:
        lines.append(line)
