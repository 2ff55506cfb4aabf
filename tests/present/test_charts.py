"""Charts: as many lines and cells as asked, the newest value at the right."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hydra_tui.core.state import State
from hydra_tui.present.cells import plain, width
from hydra_tui.present.charts import chart, charted
from hydra_tui.present.glyphs import BLOCK
from hydra_tui.present.view import View
from tests.clusters import NOW, gpu, host, hydra, node

VIEW = View(NOW)


def drawing(values: list[float | None], cells: int, rows: int, top: float = 100.0) -> list[str]:
    return [plain(line) for line in chart(values, cells, rows, top, BLOCK)]


@given(
    values=st.lists(st.one_of(st.none(), st.floats()), max_size=30),
    cells=st.integers(0, 40),
    rows=st.integers(1, 9),
    top=st.floats(0, 200),
)
@settings(deadline=None, max_examples=80)
def test_a_chart_has_exactly_its_lines_and_cells(
    values: list[float | None], cells: int, rows: int, top: float
) -> None:
    drawn = chart(values, cells, rows, top, BLOCK)
    assert [width(line) for line in drawn] == [cells] * rows


def test_a_column_grows_from_the_bottom() -> None:
    assert drawing([0.0, 25.0, 50.0, 75.0, 100.0], 5, 2) == ["   ▄█", "▁▄███"]


@pytest.mark.parametrize(
    ("values", "top", "lines"),
    [
        ([], 100.0, ["    ", "    "]),
        ([None, None], 100.0, ["    ", "    "]),
        ([100.0, None], 100.0, ["  █ ", "  █ "]),
        ([7.0], 0.0, ["    ", "   ▁"]),
        ([1.0, 2.0, 3.0, 4.0, 100.0, 0.0], 100.0, ["  █ ", "▁▁█▁"]),
    ],
)
def test_a_chart_tells_nothing_read_from_nothing_done(
    values: list[float | None], top: float, lines: list[str]
) -> None:
    assert drawing(values, 4, 2, top) == lines


@pytest.mark.parametrize("gpus", [0, 1, 2, 8, 16, 32])
def test_the_charts_of_a_node_fit_or_are_left_out(gpus: int) -> None:
    cards = (gpu(index, "RTX 4090", 24_564, 8.0) for index in range(gpus))
    known = node("a", host(1, 1, (8, 16), 10, *cards))
    for cells, rows in product([30, 59, 90, 160], [2, 3, 12]):
        picture = charted(known, cells, rows, VIEW)
        assert picture.height in (0, rows + 1)
        assert all(width(line) <= cells for line in picture.lines)
        if picture.lines:
            assert plain(picture.lines[-1]).count(" min") == gpus + 1


def test_a_node_that_cannot_be_read_has_no_charts() -> None:
    well = hydra().nodes[0]
    assert charted(well, 100, 5, VIEW).height
    assert not charted(replace(well, state=State.DOWN), 100, 5, VIEW).height
    assert not charted(replace(well, sample=None), 100, 5, VIEW).height
    assert not charted(well, 100, 5, View(NOW + 3600)).height
