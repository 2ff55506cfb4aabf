"""Tables give way column by column, the highest rank first and the name never."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hydra_tui.present.cells import Line, Run, plain, width
from hydra_tui.present.table import GAP, Column, chosen, drawn, heading

quick = settings(deadline=None, max_examples=80)


def column(title: str, cells: int, rank: int, *, stretch: bool = False) -> Column[str]:
    def draw(item: str) -> Line:
        return (Run(f"{title}:{item}"),)

    return Column(title, cells, rank, draw, stretch)


ROW = (
    column("name", 8, 0, stretch=True),
    column("kind", 6, 3),
    column("node", 6, 1),
    column("age", 4, 2),
)


@pytest.mark.parametrize(
    ("cells", "kept"),
    [
        (30, ["name", "kind", "node", "age"]),
        (29, ["name", "node", "age"]),
        (22, ["name", "node", "age"]),
        (21, ["name", "node"]),
        (16, ["name", "node"]),
        (15, ["name"]),
        (8, ["name"]),
        (1, ["name"]),
        (0, ["name"]),
    ],
)
def test_columns_go_by_rank_and_the_name_stays(cells: int, kept: list[str]) -> None:
    assert [each.title for each in chosen(ROW, cells)] == kept


@st.composite
def tables(draw: st.DrawFn) -> list[Column[str]]:
    sizes = draw(st.lists(st.tuples(st.integers(1, 12), st.integers(0, 5), st.booleans()), max_size=6))
    return [column(str(place), *size[:2], stretch=size[2]) for place, size in enumerate(sizes)]


@given(columns=tables(), cells=st.integers(0, 60), item=st.text("ab計", max_size=9))
@quick
def test_a_row_has_exactly_its_cells(columns: list[Column[str]], cells: int, item: str) -> None:
    kept = chosen(columns, cells)
    assert width(drawn(kept, item, cells)) == cells
    assert width(heading(kept, cells)) == cells


@given(columns=tables(), cells=st.integers(0, 60))
@quick
def test_no_column_goes_while_one_of_a_higher_rank_stays(columns: list[Column[str]], cells: int) -> None:
    kept = chosen(columns, cells)
    gone = [each for each in columns if each not in kept]
    assert kept == [each for each in columns if each in kept]
    assert all(each.rank for each in gone)
    assert max((each.rank for each in kept), default=0) <= min((each.rank for each in gone), default=99)


def test_what_is_left_over_goes_to_the_first_column_that_stretches() -> None:
    fixed, other = column("a", 3, 0), column("d", 3, 0)
    columns = [fixed, column("b", 4, 0, stretch=True), column("c", 4, 0, stretch=True), other]
    assert plain(drawn(columns, "123456789", 25)) == "a:…  b:123456…  c:1…  d:…"


def test_the_titles_stand_over_their_columns() -> None:
    assert plain(heading(ROW, 34)) == "name          kind    node    age "
    assert plain(drawn(ROW, "x", 34)) == "name:x        kind:x  node:x  age…"
    assert GAP == 2
