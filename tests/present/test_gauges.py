"""Gauges and sparklines: exactly as wide as asked, and never higher than what they show."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hydra_tui.core.state import State
from hydra_tui.present.cells import plain, text_width, width
from hydra_tui.present.gauges import fill_role, gauge, sparkline
from hydra_tui.present.glyphs import ASCII, BLOCK, Glyphs
from hydra_tui.present.roles import Role

quick = settings(deadline=None, max_examples=80)
alphabets = st.sampled_from([BLOCK, ASCII])
numbers = st.one_of(st.none(), st.floats())
histories = st.lists(numbers, max_size=30)


def filled(ratio: float | None, cells: int, glyphs: Glyphs) -> int:
    """How far a bar reaches, in the smallest steps of its alphabet."""
    bar = gauge(ratio, cells, glyphs)[0].text
    return sum(glyphs.bar.index(char) + 1 for char in bar)


@given(ratio=numbers, cells=st.integers(0, 60), glyphs=alphabets)
@quick
def test_a_gauge_has_exactly_its_cells_whatever_the_ratio(
    ratio: float | None, cells: int, glyphs: Glyphs
) -> None:
    assert width(gauge(ratio, cells, glyphs)) == cells


@given(one=st.floats(0, 1), other=st.floats(0, 1), cells=st.integers(0, 60), glyphs=alphabets)
@quick
def test_a_gauge_never_shrinks_while_its_ratio_grows(
    one: float, other: float, cells: int, glyphs: Glyphs
) -> None:
    low, high = sorted((one, other))
    assert filled(low, cells, glyphs) <= filled(high, cells, glyphs)


@pytest.mark.parametrize(
    ("ratio", "bar"),
    [
        (None, ""),
        (math.nan, ""),
        (-1.0, ""),
        (0.0, ""),
        (0.05, "╸"),
        (0.1, "━"),
        (0.5, "━━━━━"),
        (0.54, "━━━━━╸"),
        (1.0, "━━━━━━━━━━"),
        (7.0, "━━━━━━━━━━"),
        (math.inf, "━━━━━━━━━━"),
    ],
)
def test_a_gauge_is_filled_in_half_cells_between_empty_and_full(ratio: float | None, bar: str) -> None:
    assert gauge(ratio, 10, BLOCK)[0].text == bar


@pytest.mark.parametrize(
    ("ratio", "role"),
    [
        (0.0, Role.FILL),
        (0.8999, Role.FILL),
        (0.9, Role.FILL_WARN),
        (0.9699, Role.FILL_WARN),
        (0.97, Role.FILL_CRIT),
        (1.0, Role.FILL_CRIT),
    ],
)
def test_a_fill_is_alarming_from_90_and_97_percent(ratio: float, role: Role) -> None:
    assert fill_role(ratio) is role


@given(values=histories, cells=st.integers(-2, 40), top=numbers, glyphs=alphabets)
@quick
def test_a_sparkline_has_exactly_its_cells_whatever_was_read(
    values: list[float | None], cells: int, top: float | None, glyphs: Glyphs
) -> None:
    assert width(sparkline(values, cells, glyphs, top)) == max(0, cells)


@pytest.mark.parametrize(
    ("values", "top", "shown"),
    [
        ([], None, "     "),
        ([None, None], None, "     "),
        ([3.0], None, "    █"),
        ([0.0, 0.0], None, "   ▁▁"),
        ([1.0, None, 2.0], None, "  ▅ █"),
        ([0.0, 50.0, 100.0], 100.0, "  ▁▅█"),
        ([50.0], 100.0, "    ▅"),
        ([500.0, -5.0], 100.0, "   █▁"),
        ([1.0, 2.0], 0.0, "   ▅█"),
        ([9.0, 1.0, 1.0, 1.0, 1.0, 1.0], None, "█████"),
    ],
)
def test_a_sparkline_shows_the_newest_at_the_right_and_a_blank_for_nothing(
    values: list[float | None], top: float | None, shown: str
) -> None:
    assert plain(sparkline(values, 5, BLOCK, top)) == shown


@pytest.mark.parametrize("glyphs", [BLOCK, ASCII])
def test_every_glyph_is_one_cell_and_every_state_has_a_shape_of_its_own(glyphs: Glyphs) -> None:
    shapes = [*glyphs.states.values(), *glyphs.bar, *glyphs.spark, glyphs.track, glyphs.gap, glyphs.stale]
    assert {text_width(shape) for shape in shapes} == {1}
    assert len(set(glyphs.states.values())) == len(glyphs.states) == len(State)
    assert glyphs.stale not in glyphs.states.values()


def test_the_ascii_alphabet_is_ascii() -> None:
    shapes = (*ASCII.states.values(), ASCII.bar, ASCII.track, ASCII.spark, ASCII.gap, ASCII.stale)
    assert "".join(shapes).isascii()
