"""One measurement each: how soon it paints, what it costs at rest, how fast a key answers."""

from __future__ import annotations

import os
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice

from benchmarks.processes import Memory, cpu_seconds, memory
from benchmarks.programs import Program
from benchmarks.pty_session import PtySession

START_TIMEOUT_S = 60.0
SETTLE_S = 5.0
"""Start-up's last work is over before the rest is measured."""


@dataclass(frozen=True, slots=True)
class Size:
    """Of the terminal, in cells."""

    columns: int
    rows: int


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds from the spawn."""

    first_paint_s: float
    filled_s: float


@dataclass(frozen=True, slots=True)
class Rest:
    """Costs while nobody touches it."""

    cpu_percent: float
    """Of one core, over the program and its children."""
    bytes_per_s: float
    """Written to the terminal."""
    memory: Memory


@dataclass(frozen=True, slots=True)
class Keys:
    """From a key to the first bytes that come back."""

    p50_s: float
    p99_s: float
    unanswered: int


def start(program: Program, size: Size) -> Start:
    """Spawn it and watch its screen fill."""
    with session(program, size) as running:
        first = running.wait_for(program.painted, START_TIMEOUT_S)
        return Start(first, running.wait_for(program.filled, START_TIMEOUT_S))


def rest(running: PtySession, seconds: float) -> Rest:
    """Leave a started program alone for so many seconds."""
    before, since = cpu_seconds(running.pid), running.elapsed()
    written = running.drain(seconds)
    lasted = running.elapsed() - since
    busy = cpu_seconds(running.pid) - before
    return Rest(100 * busy / lasted, written / lasted, memory(running.pid))


def keys(running: PtySession, program: Program, presses: int) -> Keys | None:
    """Press its keys in turn; none when it has no keys or answered none."""
    answered = [running.press(key) for key in islice(cycle(program.keys), presses)] if program.keys else []
    times = [seconds for seconds in answered if seconds is not None]
    if len(times) < 2:
        return None
    percentiles = statistics.quantiles(times, n=100, method="inclusive")
    return Keys(percentiles[49], percentiles[98], len(answered) - len(times))


def rest_and_keys(program: Program, size: Size, seconds: float, presses: int) -> tuple[Rest, Keys | None]:
    """Both, in one run of the program."""
    with session(program, size) as running:
        running.wait_for(program.filled, START_TIMEOUT_S)
        running.drain(SETTLE_S)
        return rest(running, seconds), keys(running, program, presses)


@contextmanager
def session(program: Program, size: Size) -> Iterator[PtySession]:
    """The program in a terminal of true colour, with a home of its own."""
    with tempfile.TemporaryDirectory(prefix="hydra-bench-") as home:
        env = {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": home,
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
        }
        with PtySession(program.argv, env, size.columns, size.rows) as running:
            yield running
