"""Numbers as text: what stands at the edges, and that nothing moves sideways."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hydra_tui.core.quantity import Amount, Origin
from hydra_tui.present import units
from hydra_tui.present.units import GIB, NOTHING

HOUR, DAY = 3600.0, 86400.0

Unit = Callable[..., str]
UNITS: list[Unit] = [
    units.gib,
    units.percent,
    units.celsius,
    units.watts,
    units.latency,
    units.span,
    units.rate,
    lambda value, width=6: units.number(value, width),
    lambda value, width=6: units.amount(None if value is None else Amount(value, Origin.CLAIMED), width),
]
NAMES = ["gib", "percent", "celsius", "watts", "latency", "span", "rate", "number", "amount"]
VALUES = [None, 0, 1, 0.0004, 99.5, -3.2, -GIB, 1_000_000, 10**18]


@pytest.mark.parametrize("unit", UNITS, ids=NAMES)
@pytest.mark.parametrize("width", [0, 5, 12])
def test_no_number_is_narrower_than_its_field(unit: Unit, width: int) -> None:
    assert all(len(unit(value, width)) >= width for value in VALUES)


@pytest.mark.parametrize("unit", UNITS, ids=NAMES)
def test_what_nobody_read_is_a_dash_and_never_a_zero(unit: Unit) -> None:
    assert unit(None, 0) == NOTHING
    assert unit(0, 0) != NOTHING


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0, "  0.0"),
        (GIB // 19, "  0.1"),
        (GIB // 21, "  0.0"),
        (26.1 * GIB, " 26.1"),
        (999.94 * GIB, "999.9"),
    ],
)
def test_memory_is_in_gib_with_one_decimal(value: float, shown: str) -> None:
    assert units.gib(value) == shown


@pytest.mark.parametrize(
    ("origin", "shown"),
    [(Origin.MEASURED, "   8.1"), (Origin.CLAIMED, "  ›8.1"), (Origin.ESTIMATED, "  ~8.1")],
)
def test_an_amount_says_who_says_so(origin: Origin, shown: str) -> None:
    assert units.amount(Amount(int(8.1 * GIB), origin)) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0.0, "   1 ms"),
        (-1.0, "   1 ms"),
        (0.0004, "   1 ms"),
        (0.012, "  12 ms"),
        (0.9994, " 999 ms"),
        (0.9995, "  1.0 s"),
        (59.96, " 60.0 s"),
    ],
)
def test_a_latency_is_in_milliseconds_below_a_second(seconds: float, shown: str) -> None:
    assert units.latency(seconds) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (-5.0, "0 s"),
        (0.99, "0 s"),
        (1.0, "1 s"),
        (59.99, "59 s"),
        (60.0, "1 min"),
        (HOUR - 0.1, "59 min"),
        (HOUR, "1 h"),
        (DAY - 1, "23 h"),
        (DAY, "1 d"),
        (1234.5 * DAY, "1234 d"),
    ],
)
def test_a_span_is_in_its_largest_whole_unit(seconds: float, shown: str) -> None:
    assert units.span(seconds, 0) == shown
    assert units.span(seconds) == shown.rjust(6)


@pytest.mark.parametrize(
    ("bytes_per_s", "shown"),
    [
        (0.0, "0 B/s"),
        (999.4, "999 B/s"),
        (999.96, "1.0 kB/s"),
        (1e3, "1.0 kB/s"),
        (999_949.0, "999.9 kB/s"),
        (999_951.0, "1.0 MB/s"),
        (1_240_000.0, "1.2 MB/s"),
        (999_951_000.0, "1.0 GB/s"),
        (999.9e9, "999.9 GB/s"),
    ],
)
def test_a_rate_is_decimal_and_keeps_its_field_up_to_a_terabyte(bytes_per_s: float, shown: str) -> None:
    assert units.rate(bytes_per_s, 0) == shown
    assert len(units.rate(bytes_per_s)) == 10


def test_a_time_of_day_is_local_and_an_unknown_one_keeps_its_place() -> None:
    assert units.clock(1_795_352_602.0) == "13:03:22"
    assert len(units.clock(None)) == len(units.clock(0.0))


@pytest.mark.parametrize(
    ("at", "shown"),
    [
        (None, None),
        (float("inf"), None),
        (0.0, "1970-01-01T00:00:00.000+00:00"),
        (1_795_352_602.1234, "2026-11-22T13:03:22.123+00:00"),
    ],
)
def test_a_moment_for_machines_has_its_offset_and_never_is_null(at: float | None, shown: str | None) -> None:
    assert units.rfc3339(at) == shown
