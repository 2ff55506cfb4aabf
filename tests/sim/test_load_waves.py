"""Load is smooth, bounded, seeded, and its counters are its integral."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hydra_tui.sim.load_waves import wave

SECONDS = st.floats(0.0, 1e6)


@given(seed=st.integers(0, 10**9), t=SECONDS)
def test_a_wave_stays_within_its_bounds(seed: int, t: float) -> None:
    assert 0.2 <= wave(seed, "cpu", 0.2, 0.7).at(t) <= 0.7


@given(seed=st.integers(0, 10**9), t=SECONDS)
def test_a_wave_never_jumps(seed: int, t: float) -> None:
    surge = wave(seed, "cpu", 0.0, 1.0)
    assert abs(surge.at(t + 1.0) - surge.at(t)) < 0.1


@pytest.mark.parametrize("t", [0.5, 10.0, 333.3])
def test_the_total_is_the_integral_of_the_values(t: float) -> None:
    surge = wave(3, "net", 100.0, 900.0)
    steps = 2000
    middle = (t * (step + 0.5) / steps for step in range(steps))
    assert surge.total(t) == pytest.approx(sum(map(surge.at, middle)) * t / steps, rel=1e-4)


def test_the_seed_and_the_name_draw_the_wave() -> None:
    assert wave(1, "a", 0, 1) == wave(1, "a", 0, 1)
    assert wave(1, "a", 0, 1) != wave(2, "a", 0, 1)
    assert wave(1, "a", 0, 1) != wave(1, "b", 0, 1)
