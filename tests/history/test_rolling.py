"""Raw values become minutes and hours, each exactly once, whatever the clock does."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hydra_tui.history.reader import Point
from hydra_tui.history.series_key import Measure, SeriesKey
from hydra_tui.history.writer import Writer
from tests.history.files import CPU, EPOCH, UNBOUNDED, UTILISATION, measured, query, read, write

ROLLED = "SELECT step_s, at / 1000 - {epoch}, least, most, total, readings FROM rolled ORDER BY step_s, at"
HOUR = -840
"""Where the hour of `EPOCH` begins."""


def rolled(path: Path) -> list[tuple[float, ...]]:
    return query(path, ROLLED.format(epoch=EPOCH))


@pytest.mark.parametrize(
    ("values", "tidy_at", "rows"),
    [
        pytest.param([], 600, [], id="nothing"),
        pytest.param([(0, 5.0)], 59, [], id="the minute is not over"),
        pytest.param([(0, 5.0)], 60, [(60, 0, 5, 5, 5, 1), (3600, HOUR, 5, 5, 5, 1)], id="one value"),
        pytest.param(
            [(0, 1.0), (2, 5.0), (59.999, 3.0), (60, 9.0)],
            119,
            [(60, 0, 1, 5, 9, 3), (3600, HOUR, 1, 5, 9, 3)],
            id="the next minute waits",
        ),
        pytest.param(
            [(0, 1.0), (60, 9.0), (2760, 4.0)],
            6000,
            [
                (60, 0, 1, 1, 1, 1),
                (60, 60, 9, 9, 9, 1),
                (60, 2760, 4, 4, 4, 1),
                (3600, HOUR, 1, 9, 10, 2),
                (3600, 2760, 4, 4, 4, 1),
            ],
            id="two hours",
        ),
    ],
)
def test_minutes_and_hours_hold_least_most_sum_and_count(
    tmp_path: Path, values: list[tuple[float, float]], tidy_at: float, rows: list[tuple[float, ...]]
) -> None:
    path = tmp_path / "history.db"
    write(path, [measured(at, value) for at, value in values], tidy_at)
    assert rolled(path) == rows


def test_tidying_twice_rolls_nothing_twice(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    write(path, [measured(0, 5.0)], tidy_at=60)
    before = rolled(path)
    write(path, [], tidy_at=90)
    write(path, [], tidy_at=30)
    assert rolled(path) == before


def test_a_value_whose_time_is_already_rolled_joins_its_minute_and_its_hour(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    write(path, [measured(0, 5.0), measured(90, 7.0)], tidy_at=120)
    write(path, [measured(10, 1.0)], tidy_at=180)
    assert rolled(path) == [(60, 0, 1, 5, 6, 2), (60, 60, 7, 7, 7, 1), (3600, HOUR, 1, 7, 13, 3)]


def test_of_two_values_in_one_millisecond_the_first_counts_everywhere(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    write(path, [measured(0, 5.0), measured(0, 6.0)], tidy_at=60)
    write(path, [measured(0, 7.0)], tidy_at=120)
    assert query(path, "SELECT value FROM raw") == [(5.0,)]
    assert rolled(path) == [(60, 0, 5, 5, 5, 1), (3600, HOUR, 5, 5, 5, 1)]


SECONDS = st.integers(-7200_000, 7200_000).map(lambda ms: ms / 1000)
VALUES = st.floats(-1e12, 1e12, allow_nan=False).filter(lambda value: value == 0 or abs(value) > 1e-6)
BATCHES = st.lists(
    st.tuples(
        st.lists(st.tuples(SECONDS, VALUES, st.sampled_from([CPU, UTILISATION])), max_size=8),
        st.none() | SECONDS,
    ),
    max_size=8,
)
"""Values at any times, in any order; after each batch the house may be tidied at any time."""


@settings(max_examples=60, deadline=None)
@given(BATCHES)
def test_no_value_is_lost_or_doubled_in_any_resolution(
    batches: list[tuple[list[tuple[float, float, SeriesKey]], float | None]],
) -> None:
    expected: dict[tuple[SeriesKey, int], float] = {}
    with TemporaryDirectory() as folder:
        path = Path(folder) / "history.db"
        writer = Writer(path)
        for values, tidy_at in batches:
            batch = [measured(*value) for value in values]
            writer.write(batch, (), {}, EPOCH)
            for each in batch:
                expected.setdefault((each.key, each.at_ms), each.value)
            if tidy_at is not None:
                writer.tidy(EPOCH + tidy_at, UNBOUNDED)
        writer.tidy(EPOCH + 7300, UNBOUNDED)
        writer.close()
        for step_s in (60, 3600):
            assert_rolled(path, step_s, [Measure(key, at, value) for (key, at), value in expected.items()])
        for points in (1, 7, 1000):
            assert_read(path, points, {at: value for (key, at), value in expected.items() if key == CPU})


def assert_rolled(path: Path, step_s: int, expected: list[Measure]) -> None:
    """The rows of a resolution are exactly those that the values make."""
    stretches: dict[tuple[str, int], list[float]] = defaultdict(list)
    for key, at, value in expected:
        stretches[key.metric, at // (1000 * step_s) * 1000 * step_s].append(value)
    rows = query(
        path,
        "SELECT metric, at, least, most, total, readings FROM rolled JOIN series ON series = id"
        f" WHERE step_s = {step_s}",
    )
    assert {(metric, at): (least, most, count) for metric, at, least, most, _, count in rows} == {
        place: (min(values), max(values), len(values)) for place, values in stretches.items()
    }
    for metric, at, *_, total, _count in rows:
        values = stretches[metric, at]
        assert total == pytest.approx(sum(values), abs=1e-9 * sum(map(abs, values)))


def assert_read(path: Path, points: int, expected: dict[int, float]) -> None:
    """What is read lies on the values: none outside of them, and the extremes are there."""
    found: list[Point] = read(path, -7200, 7201, points)
    assert len(found) <= points
    assert all(point.least <= point.mean <= point.most for point in found)
    assert [point.at for point in found] == sorted({point.at for point in found})
    if expected:
        assert min(point.least for point in found) == min(expected.values())
        assert max(point.most for point in found) == max(expected.values())
    else:
        assert found == []
