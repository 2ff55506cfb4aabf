"""Buckets on the clock: peaks, gaps, and never more than are kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hydra_tui.core.series import Series, Values

looks = st.lists(st.tuples(st.floats(0, 2000), st.none() | st.floats(0, 100)), max_size=60)


def after(*looks: tuple[float, float | None], keep: int = 4) -> Series:
    series = Series(bucket_s=5.0, keep=keep)
    for at, value in looks:
        series = series.add(at, value)
    return series


@pytest.mark.parametrize(
    ("looks", "values"),
    [
        ((), ()),
        (((100, 7),), (7,)),
        (((100, None),), (None,)),
        (((100, 7), (102, 9), (104.9, 8)), (9,)),
        (((100, 7), (102, None)), (7,)),
        (((100, None), (102, 0.0)), (0.0,)),
        (((104.9, 7), (105, 9)), (7, 9)),
        (((100, 7), (105, None), (110, 9)), (7, None, 9)),
        (((100, 7), (115, 9)), (7, None, None, 9)),
        (((100, 1), (105, 2), (110, 3), (115, 4), (120, 5)), (2, 3, 4, 5)),
        (((100, 1), (105, 2), (110, 3), (120, 4)), (2, 3, None, 4)),
        (((100, 7), (120, 9)), (9,)),
        (((100, 7), (100_000, 9)), (9,)),
        (((100, 7), (98, 9), (101, 8)), (9,)),
    ],
)
def test_values_fall_into_buckets(looks: tuple[tuple[float, float | None], ...], values: Values) -> None:
    assert after(*looks).values == values


def test_a_series_moves_once_per_bucket() -> None:
    first = after((100, 7))
    assert first.last_bucket == 20
    assert first.add(101, 5) is first
    assert first.add(105, 5).last_bucket == 21


def test_a_series_that_was_grown_is_another_one() -> None:
    first = after((100, 7))
    first.add(105, 9)
    assert first.values == (7,)


@given(looks, st.integers(1, 10))
def test_no_order_of_looks_makes_it_longer_than_is_kept(
    looks: list[tuple[float, float | None]], keep: int
) -> None:
    series = Series(bucket_s=5.0, keep=keep)
    for at, value in looks:
        grown = series.add(at, value)
        assert 1 <= len(grown.values) <= keep
        assert grown.last_bucket >= series.last_bucket
        series = grown


@given(st.lists(st.floats(0, 100), min_size=1, max_size=30))
def test_the_newest_bucket_holds_the_peak_of_its_values(values: list[float]) -> None:
    assert after(*((100 + index / 10, value) for index, value in enumerate(values))).values == (max(values),)
