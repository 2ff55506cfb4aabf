"""The processes of the simulated engines: who holds what the world put on a GPU."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from hydra_tui.sim.placement import Split

_LOWEST_PID = 1_900
_PIDS = 60_000


@dataclass(frozen=True, slots=True)
class Program:
    """How an engine runs on its machine."""

    unit: str
    user: str
    executable: str
    arguments: str
    """What follows the executable; `{model}` is what it holds."""
    one_for_all: bool
    """One process holds everything, also what an aborted load left; else a process per model."""


TABBY = Program("tabbyapi.service", "tabby", "/opt/tabbyAPI/venv/bin/python", "/opt/tabbyAPI/main.py", True)
OLLAMA = Program(
    "ollama.service", "ollama", "/usr/local/bin/ollama", "runner --model {model} --port 0", False
)


@dataclass(frozen=True, slots=True)
class SimProcess:
    """One process at one moment."""

    pid: int
    program: Program
    command: str
    split: Split
    """Bytes per GPU."""


def processes(program: Program | None, held: Mapping[str, Split]) -> tuple[SimProcess, ...]:
    """Those of a program that hold what is held; a machine without a program has none."""
    if program is None or not held:
        return ()
    if program.one_for_all:
        return (_process(program, "", tuple(map(sum, zip(*held.values(), strict=True)))),)
    return tuple(_process(program, model, split) for model, split in held.items())


def _process(program: Program, model: str, split: Split) -> SimProcess:
    command = f"{program.executable} {program.arguments.format(model=model)}"
    return SimProcess(_LOWEST_PID + zlib.crc32(command.encode()) % _PIDS, program, command, split)
