"""Durations and sizes."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hydra_tui.config.quantities import duration, size, spell_duration
from hydra_tui.config.wrong_value import WrongValueError

ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.lists(st.integers(), max_size=2),
)


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("5s", 5), ("500ms", 0.5), ("2m", 120), ("1h", 3600), ("1.5 s", 1.5), (" 3s ", 3), (7, 7), (0.5, 0.5)],
)
def test_a_duration_is_read_in_seconds(written: Any, seconds: float) -> None:
    assert duration(written, 0.5, 3600) == pytest.approx(seconds)


@pytest.mark.parametrize(
    "written", ["", "5", "s", "-5s", "5 sec", "1m30s", "٥s", True, None, [5], "1e3s", "5S"]
)
def test_what_is_no_duration_is_refused_with_an_example(written: Any) -> None:
    with pytest.raises(WrongValueError, match="write it like `5s`"):
        duration(written, 0.5, 3600)


@pytest.mark.parametrize("written", ["0s", "499ms", "61m", 10**400, float("nan"), float("inf"), -1])
def test_a_duration_outside_the_limits_is_told_the_limits(written: Any) -> None:
    with pytest.raises(WrongValueError, match="must be from 500ms to 1h"):
        duration(written, 0.5, 3600)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("35GB", 35 * 10**9),
        ("24GiB", 24 * 2**30),
        ("300 mb", 300 * 10**6),
        ("1.5kB", 1500),
        ("12B", 12),
        ("2TiB", 2 * 2**40),
        (1234, 1234),
        (1e9, 10**9),
    ],
)
def test_a_size_is_read_in_bytes(written: Any, value: int) -> None:
    assert size(written) == value


@pytest.mark.parametrize("written", ["", "35", "35G", "~35GB", "GB", "35ib", False, None, {}])
def test_what_is_no_size_is_refused_with_an_example(written: Any) -> None:
    with pytest.raises(WrongValueError, match="write it like `35GB`"):
        size(written)


@pytest.mark.parametrize("written", [0, -5, "0GB", "2000TB", 10**400, float("nan"), float("inf")])
def test_a_size_that_no_model_has_is_refused(written: Any) -> None:
    with pytest.raises(WrongValueError, match="must be from 1 byte to 1000 TB"):
        size(written)


@given(ANYTHING)
def test_anything_is_a_quantity_or_refused(written: Any) -> None:
    for parse in (size, partial(duration, shortest_s=0.1, longest_s=120)):
        with suppress(WrongValueError):
            assert parse(written) > 0


@given(st.integers(1, 3_600_000))
def test_a_duration_reads_back_as_it_was_spelt(milliseconds: int) -> None:
    assert duration(spell_duration(milliseconds / 1000), 0.001, 3600) == pytest.approx(milliseconds / 1000)
