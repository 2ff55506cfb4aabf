"""Which service a process on a GPU belongs to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from hydra_tui.core.cluster import Service
from hydra_tui.core.processes import GpuProcess

_TELLING_ARGUMENTS = 3
"""The executable, the script or module it runs, and one option: what follows are values such as URLs."""

_PARTS = re.compile(r"[\s/.@=]+")
_PLAIN = re.compile(r"[^a-z0-9]")


def service_of(process: GpuProcess, here: Sequence[Service]) -> str:
    """The name of the service, of those on the process' node; empty when that cannot be told.

    The unit that the configuration names decides; else the service's name, else its kind, as a word of
    the unit or at the beginning of the command line. What fits two services alike fits none.
    """
    unit = process.keeper.unit if process.keeper else ""
    words = frozenset(_words(process, unit))
    fits: tuple[Callable[[Service], bool], ...] = (
        lambda service: bool(unit) and service.held_by == f"systemd:{unit}",
        lambda service: _plain(service.name) in words,
        lambda service: bool(service.models) and _plain(service.kind) in words,
    )
    for fit in fits:
        match [service.name for service in here if fit(service)]:
            case [only]:
                return only
            case [_, *_]:
                return ""
    return ""


def _words(process: GpuProcess, unit: str) -> Iterable[str]:
    command = (process.command or "").split()[:_TELLING_ARGUMENTS]
    for text in (unit, process.name or "", *command):
        yield from filter(None, map(_plain, _PARTS.split(text)))


def _plain(text: str) -> str:
    return _PLAIN.sub("", text.lower())
