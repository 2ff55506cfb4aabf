"""Lines fill exactly the cells they are given, whatever is written in them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hydra_tui.core.text import inert
from hydra_tui.present.cells import (
    Line,
    Run,
    beside,
    cropped,
    cut,
    fit,
    joined,
    plain,
    spread,
    text_width,
    width,
    wrapped,
)
from hydra_tui.present.roles import Role

SHAPES = ["a", "Z", " ", "é", "q\u0301", "計", "ｗ", "👍", "👍🏽", "\u2764\ufe0f", "…", "━", "\u0e33", "✖"]

texts = st.one_of(
    st.lists(st.sampled_from(SHAPES), max_size=12).map("".join),
    st.text(max_size=12).map(inert),
)
lines = st.lists(st.builds(Run, texts, st.sampled_from([Role.TEXT, Role.MUTED])), max_size=5).map(tuple)
sizes = st.integers(0, 40)
quick = settings(deadline=None, max_examples=80)


@given(line=lines, cells=sizes)
@quick
def test_a_fitted_line_has_exactly_its_cells(line: Line, cells: int) -> None:
    assert width(fit(line, cells)) == cells


@given(line=lines, cells=sizes)
@quick
def test_a_line_that_is_cut_says_so_and_one_that_is_not_does_not(line: Line, cells: int) -> None:
    text, shown = plain(line).rstrip(" "), plain(fit(line, cells))
    if text_width(text) <= cells:
        assert shown.rstrip(" ") == text
    elif cells:
        assert shown.endswith("…")


@given(line=lines, cells=sizes)
@quick
def test_a_cropped_line_keeps_its_roles_and_is_never_wider_than_before(line: Line, cells: int) -> None:
    shown = cropped(line, cells)
    assert width(shown) == min(width(line), cells)
    assert [run.role for run in shown] == [run.role for run in line][: len(shown)]


@given(text=texts, cells=sizes)
@quick
def test_a_cut_text_has_exactly_its_cells(text: str, cells: int) -> None:
    assert text_width(cut(text, cells)) == cells


@pytest.mark.parametrize(
    ("text", "cells", "shown"),
    [
        ("redis", 8, "redis   "),
        ("redis", 5, "redis"),
        ("redis", 4, "red…"),
        ("redis", 1, "…"),
        ("redis", 0, ""),
        ("redis", -2, ""),
        ("redis    ", 5, "redis"),
        ("redis    ", 4, "red…"),
        ("計算機", 5, "計算…"),
        ("計算機", 4, "計 …"),
        ("計算機", 2, " …"),
        ("q\u0301q\u0301q\u0301", 2, "q\u0301…"),
        ("\u2764\ufe0f\u2764\ufe0f", 3, "\u2764\ufe0f…"),
    ],
)
def test_a_text_is_cut_between_characters_and_marked(text: str, cells: int, shown: str) -> None:
    assert cut(text, cells) == shown


def test_a_cut_at_the_end_of_a_run_is_marked_too() -> None:
    assert plain(fit((Run("abc"), Run("def")), 3)) == "ab…"
    assert plain(fit((Run("abc"), Run("   ")), 3)) == "abc"


@given(left=lines, right=lines, cells=sizes)
@quick
def test_two_ends_are_spread_over_exactly_the_cells_and_the_right_one_stays(
    left: Line, right: Line, cells: int
) -> None:
    line = spread(left, right, cells)
    assert width(line) == cells
    if width(right) < cells:
        assert plain(line).endswith(plain(right))


@given(left=st.lists(lines, max_size=4), right=st.lists(lines, max_size=4), gap=st.integers(0, 4))
@quick
def test_blocks_stand_beside_each_other_and_the_right_one_begins_in_one_column(
    left: list[Line], right: list[Line], gap: int
) -> None:
    block = beside(left, right, 10, gap)
    assert len(block) == max(len(left), len(right))
    for line, other in zip(block, right, strict=False):
        assert width(line) == 10 + gap + width(other)
        assert plain(line).endswith(plain(other))


def test_pieces_are_joined_with_a_gap_between_those_that_are_there() -> None:
    pieces: list[Line] = [(), (Run("a"),), (), (Run("b"), Run("c")), ()]
    assert plain(joined(pieces)) == "a  bc"
    assert joined([]) == ()


@given(text=texts, cells=st.integers(2, 30))
@quick
def test_wrapped_text_loses_no_word_and_no_line_is_too_wide(text: str, cells: int) -> None:
    broken = wrapped(text, cells)
    assert all(text_width(line) <= cells for line in broken)
    assert all(broken)
    if all(text_width(word) for word in text.split()):
        assert "".join("".join(broken).split()) == "".join(text.split())


def test_text_is_wrapped_between_words_where_it_can_be() -> None:
    assert wrapped("no answer from hydra-compute:22", 12) == ["no answer", "from", "hydra-comput", "e:22"]
    assert wrapped("", 12) == []
