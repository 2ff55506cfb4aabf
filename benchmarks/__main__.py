"""`python -m benchmarks`: hydra-tui on the seeded simulated cluster beside a bare Textual app."""

from __future__ import annotations

import argparse
import os
import platform
from collections.abc import Sequence

from benchmarks.cluster import simulated_cluster
from benchmarks.figures import Figures, figures
from benchmarks.goals import verdicts
from benchmarks.measure import Size, Start, rest_and_keys, start
from benchmarks.programs import Program, bare, hydra, monitors
from benchmarks.report import as_json, as_table


def main() -> int:
    """Measure and print. A missed goal is reported, not an error: clocks differ from machine to machine."""
    asked = _arguments()
    with simulated_cluster(asked.seed) as config:
        programs = [bare(), hydra(config), *(monitors() if asked.monitors else ())]
        measured = measure(programs, asked)
    judged = verdicts(ours=measured[1], bare=measured[0])
    show = as_json if asked.json else as_table
    print(show(measured, judged, _conditions(asked)))
    return 0


def measure(programs: Sequence[Program], asked: argparse.Namespace) -> list[Figures]:
    """Start them in turn, round by round, after a round that only warms caches; then rest and keys."""
    size = Size(asked.columns, asked.rows)
    starts: dict[str, list[Start]] = {program.name: [] for program in programs}
    for each in range(asked.rounds + 1):
        for program in programs:
            seen = start(program, size)
            if each:
                starts[program.name].append(seen)
    return [
        figures(program.name, starts[program.name], *rest_and_keys(program, size, asked.rest, asked.presses))
        for program in programs
    ]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--columns", type=int, default=160)
    parser.add_argument("--rows", type=int, default=45)
    parser.add_argument("--rounds", type=int, default=7, help="starts of each program, in turn")
    parser.add_argument("--rest", type=float, default=20.0, help="seconds left alone")
    parser.add_argument("--presses", type=int, default=200, help="keys")
    parser.add_argument("--seed", type=int, default=1, help="of the simulated cluster")
    parser.add_argument(
        "--monitors", action="store_true", help="measure htop, btop and glances too, where installed"
    )
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def _conditions(asked: argparse.Namespace) -> str:
    return (
        f"{asked.columns}×{asked.rows}, medians of {asked.rounds} starts, "
        f"{asked.rest:g} s at rest, {asked.presses} keys; "
        f"Python {platform.python_version()}, {os.cpu_count()} cores {platform.machine()}"
    )


if __name__ == "__main__":
    raise SystemExit(main())
