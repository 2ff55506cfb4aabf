"""The report puts ours beside the bare app and holds it against the goals."""

from __future__ import annotations

import json

import pytest

from benchmarks.figures import Figures, figures
from benchmarks.goals import verdicts
from benchmarks.measure import Keys, Rest, Start
from benchmarks.processes import Memory
from benchmarks.report import as_json, as_table


def measured(name: str, first_s: float, filled_s: float, cpu: float = 0.5, output: float = 100.0) -> Figures:
    rest = Rest(cpu, output, Memory(rss_bytes=64 << 20, pss_bytes=32 << 20))
    starts = [Start(first_s, filled_s), Start(first_s / 2, filled_s / 2), Start(first_s * 9, filled_s * 9)]
    return figures(name, starts, rest, Keys(0.002, 0.004, 1))


BARE = measured("bare Textual", 0.4, 0.4)


def test_the_figures_of_a_start_are_medians() -> None:
    assert (BARE.first_paint_s, BARE.filled_s, BARE.rounds) == (0.4, 0.4, 3)


@pytest.mark.parametrize(
    ("ours", "met"),
    [
        (measured("hydra-tui", 0.4, 0.7), [True, True, True, True]),
        (measured("hydra-tui", 0.6, 0.7), [False, True, True, True]),
        (measured("hydra-tui", 0.4, 0.9), [True, False, True, True]),
        (measured("hydra-tui", 0.4, 0.7, cpu=1.1), [True, True, False, True]),
        (measured("hydra-tui", 0.4, 0.7, output=1025), [True, True, True, False]),
    ],
)
def test_each_goal_is_met_or_missed_on_its_own(ours: Figures, met: list[bool]) -> None:
    assert [verdict.met for verdict in verdicts(ours, BARE)] == met


def test_the_table_shows_both_programs_their_ratio_and_the_goals() -> None:
    ours = measured("hydra-tui", 0.6, 0.8)
    table = as_table([BARE, ours, measured("htop", 0.1, 0.1)], verdicts(ours, BARE), "160×45")
    first_paint = next(line for line in table.splitlines() if line.startswith("first paint"))
    assert first_paint.split() == ["first", "paint,", "ms", "400.0", "600.0", "1.50", "×", "100.0"]
    assert "MISSED  first paint" in table
    assert "met     filled overview" in table


def test_a_program_without_keys_has_a_dash_for_them() -> None:
    mute = figures("mute", [Start(1, 1)], Rest(0, 0, Memory(0, 0)), None)
    assert "–" in as_table([BARE, mute], [], "").splitlines()[-2]


def test_the_json_names_its_units_and_judges_each_goal() -> None:
    ours = measured("hydra-tui", 0.4, 0.7)
    said = json.loads(as_json([BARE, ours], verdicts(ours, BARE), "160×45"))
    assert said["programs"][1]["first_paint_s"] == 0.4
    assert [goal["met"] for goal in said["goals"]] == [True] * 4
