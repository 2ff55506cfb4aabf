"""How long a loop waits before it asks again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hydra_tui.core.backoff import jittered, pause_s


@pytest.mark.parametrize(
    ("failures", "interval_s", "longest_s", "pause"),
    [
        (0, 5.0, 30.0, 5.0),
        (0, 60.0, 30.0, 60.0),
        (0, 0.0, 30.0, 0.0),
        (1, 5.0, 30.0, 1.0),
        (2, 5.0, 30.0, 2.0),
        (3, 5.0, 30.0, 4.0),
        (5, 5.0, 30.0, 16.0),
        (6, 5.0, 30.0, 30.0),
        (7, 5.0, 30.0, 30.0),
        (1, 0.5, 0.5, 0.5),
        (10**9, 5.0, 30.0, 30.0),
    ],
)
def test_a_pause_doubles_with_every_failure_up_to_the_longest(
    failures: int, interval_s: float, longest_s: float, pause: float
) -> None:
    assert pause_s(failures, interval_s, longest_s) == pause


@given(st.integers(1, 10**6), st.floats(0.5, 3600), st.floats(0.5, 3600))
def test_a_failing_target_never_waits_longer_than_it_may_nor_less_than_before(
    failures: int, interval_s: float, longest_s: float
) -> None:
    pause = pause_s(failures, interval_s, longest_s)
    assert 0 < pause <= longest_s
    assert pause <= pause_s(failures + 1, interval_s, longest_s)


@pytest.mark.parametrize(("chance", "seconds"), [(0.0, 9.0), (0.5, 10.0), (0.75, 10.5), (1.0, 11.0)])
def test_jitter_moves_a_pause_by_a_tenth_at_most(chance: float, seconds: float) -> None:
    assert jittered(10.0, chance) == pytest.approx(seconds)


@given(st.floats(0, 3600), st.floats(0, 1, exclude_max=True), st.floats(0, 1))
def test_jitter_stays_within_its_spread(seconds: float, chance: float, spread: float) -> None:
    moved = jittered(seconds, chance, spread)
    assert seconds * (1 - spread) <= moved * 1.000001
    assert moved <= seconds * (1 + spread) * 1.000001
