"""Work raises a level that fades; the total is what a counter has counted."""

from __future__ import annotations

import pytest

from hydra_tui.sim.activity import FADE_S, Activity


def test_work_raises_the_level_and_it_fades() -> None:
    activity = Activity()
    activity.raise_by(0.5, at=10.0)
    assert activity.level(10.0) == pytest.approx(0.5)
    assert activity.level(10.0 + FADE_S) == pytest.approx(0.184, abs=0.001)


def test_the_level_has_a_ceiling() -> None:
    activity = Activity()
    for _ in range(50):
        activity.raise_by(0.3, at=1.0)
    assert activity.level(1.0) == 1.0


def test_the_total_only_grows_and_ends_at_the_area() -> None:
    activity = Activity()
    activity.raise_by(0.5, at=0.0)
    totals = [activity.total(t) for t in (0.0, 1.0, 2.0, 100.0)]
    assert totals == sorted(totals)
    assert totals[-1] == pytest.approx(0.5 * FADE_S)
