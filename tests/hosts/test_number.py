from __future__ import annotations

import pytest

from hydra_tui.hosts.number import decimal, whole


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("18446744073709551615", 18446744073709551615),
        ("", None),
        ("-1", None),
        ("+1", None),
        ("1_000", None),
        ("1.0", None),
        (" 1", None),
        ("1\n", None),
        ("٣", None),
        ("9" * 5000, None),
    ],
)
def test_a_whole_number_is_decimal_digits_and_nothing_else(text: str, number: int | None) -> None:
    assert whole(text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0.0),
        ("39.32", 39.32),
        ("[N/A]", None),
        ("nan", None),
        ("inf", None),
        ("1e9", None),
        ("-3.5", None),
        ("39.32 W", None),
        ("", None),
    ],
)
def test_a_decimal_is_finite_and_not_negative(text: str, number: float | None) -> None:
    assert decimal(text) == number
