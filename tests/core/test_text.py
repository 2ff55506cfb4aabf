"""Nothing that another machine sends may steer a terminal or a reader's eye."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hydra_tui.core.text import inert

HARMFUL = {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
STACKED = re.compile(r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{3}")

any_text = st.text(st.characters(), max_size=60)
"""Surrogates included: `errors="surrogateescape"` makes them out of any byte."""

hostile = st.text(
    st.sampled_from(f"{BIDI}\x1b\x9b\x9d\x07\x08\x7f\r\n\t\x00\u2028\u2029\ue000\ud800\u0301\u1dc4a[];m漢"),
    max_size=60,
)
unmarked = st.text(st.characters(exclude_categories=("Mn", "Mc", "Me")), max_size=60)


@given(any_text | hostile, st.integers(1, 80))
def test_the_result_is_one_bounded_line_that_steers_nothing(text: str, limit: int) -> None:
    shown = inert(text, limit)
    assert len(shown) <= limit
    assert len(shown.splitlines()) <= 1
    assert not HARMFUL & set(map(unicodedata.category, shown))
    assert not set(BIDI) & set(shown)
    assert not STACKED.search(shown)
    shown.encode()


@given(unmarked, st.integers(1, 80))
def test_what_is_inert_stays_as_it_is(text: str, limit: int) -> None:
    once = inert(text, limit)
    assert inert(once, limit) == once


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=400))
def test_plain_text_within_the_limit_is_not_touched(text: str) -> None:
    assert inert(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("HTTP 502: Bad Gateway", "HTTP 502: Bad Gateway"),
        ("a\x1b[31mred\x1b[0m", "a\\x1b[31mred\\x1b[0m"),
        ("\x1b]0;title\x07", "\\x1b]0;title\\x07"),
        ("\x9b2J", "\\x9b2J"),
        ("one\ntwo\r\nthree\tfour", "one two  three four"),
        ("next\x85line", "next\\x85line"),
        ("para\u2029graph", "para\\u2029graph"),
        ("exe\u202egpj.", "exe\\u202egpj."),
        ("zero\u200bwidth", "zero\\u200bwidth"),
        ("tag\U000e0041", "tag\\ue0041"),
        ("byte\udcff", "byte\\udcff"),
        ("private\ue000", "private\\ue000"),
        ("e\u0301te\u0301", "\u00e9t\u00e9"),
        ("模型 — größer", "模型 — größer"),
        ("z\u0300\u0301\u0302\u0303\u0304!", "z\u0300\u0301!"),
        ("z\u1dc4\u20d0\u1ab0\ufe20\u0301!", "z\u1dc4\u20d0!"),
    ],
)
def test_each_trick_is_spelt_out(text: str, shown: str) -> None:
    assert inert(text) == shown


@pytest.mark.parametrize(
    ("text", "limit", "shown"),
    [
        ("abcd", 4, "abcd"),
        ("abcde", 4, "abc…"),
        ("abcdefgh", 1, "…"),
        ("\x1b\x1b", 4, "\\x1…"),
        ("e\u0301" * 5, 5, "\u00e9\u00e9\u00e9…"),
        ("a" + "\u0301" * 50 + "the end", 8, "\u00e1\u0301\u0301…"),
    ],
)
def test_a_cut_is_marked(text: str, limit: int, shown: str) -> None:
    assert inert(text, limit) == shown


def test_a_long_text_costs_no_more_than_its_head() -> None:
    class Counted(str):
        read = 0

        def __getitem__(self, key: object) -> str:
            assert isinstance(key, slice)
            Counted.read = key.stop
            return str(self)[key]

    assert len(inert(Counted("x" * 10_000), 50)) == 50
    assert Counted.read == 51
