"""The lines of the sampling loop, gathered into counters. Their format is told in `script.py`."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from hydra_tui.core.host import Disk, HostCounters
from hydra_tui.core.text import inert
from hydra_tui.hosts import df
from hydra_tui.hosts.counters import kernel_counters
from hydra_tui.hosts.gpu_blocks import GpuBlocks
from hydra_tui.hosts.number import whole
from hydra_tui.hosts.script import MARK

LONGEST_LINE = 4096
"""Characters; what is longer is no line of ours."""

_MOST_LINES = 512
"""Of one section of a frame, or of one table of disks."""


class FrameParser:
    """Takes the loop's lines one by one, gives the counters of each complete frame.

    Anything may stand between the lines; nothing that stands there raises.
    """

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self._now = now
        self._tick = ""
        self._sections: dict[str, list[str]] = {}
        self._table: list[str] = []
        self._disks: tuple[Disk, ...] = ()
        self._gpus = GpuBlocks()
        self._cores: int | None = None
        self._kernel: str | None = None

    def feed(self, line: str) -> HostCounters | None:
        """The counters that this line completes, if it does."""
        if not line.startswith(MARK) or len(line) > LONGEST_LINE:
            return None
        section, _, text = line.rstrip("\r\n").removeprefix(MARK).partition(" ")
        if section == "end":
            return self._end(text)
        if handler := _HANDLERS.get(section):
            handler(self, text)
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
            kernel_counters(at, texts),
            cores=self._cores,
            kernel=self._kernel,
            disks=self._disks,
            gpus=self._gpus.gpus,
            gpu_note=self._gpus.note,
        )

    def _count_cores(self, text: str) -> None:
        self._cores = whole(text) or None

    def _name_kernel(self, text: str) -> None:
        self._kernel = inert(text, 80) or None

    def _disk_line(self, text: str) -> None:
        if text.startswith("Filesystem"):
            self._table = []
        _append(self._table, text)

    def _disks_end(self, _: str) -> None:
        self._disks = df.parse("\n".join(self._table)) or self._disks
        self._table = []

    def _gpu_line(self, text: str) -> None:
        self._gpus.line(text)

    def _gpus_end(self, code: str) -> None:
        self._gpus.ended(code)


_FRAME_SECTIONS = frozenset({"stat", "mem", "load", "up", "net"})
"""What counts only inside a frame."""

_HANDLERS: Mapping[str, Callable[[FrameParser, str], None]] = MappingProxyType(
    {
        "tick": FrameParser._begin,
        "cores": FrameParser._count_cores,
        "kernel": FrameParser._name_kernel,
        "df": FrameParser._disk_line,
        "df-end": FrameParser._disks_end,
        "gpu": FrameParser._gpu_line,
        "gpu-end": FrameParser._gpus_end,
    }
)
"""What each other section means."""


def _append(lines: list[str], line: str) -> None:
    if len(lines) < _MOST_LINES:
        lines.append(line)
