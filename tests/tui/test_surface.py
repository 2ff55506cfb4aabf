"""The surface repaints what differs and nothing else, in whole characters."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.strip import Strip

from hydra_tui.present.cells import Line, Run, plain, width
from hydra_tui.present.picture import Spot
from hydra_tui.present.roles import Role
from hydra_tui.tui import themes
from hydra_tui.tui.surface import (
    MERGE_CELLS,
    PAINTED,
    SECOND_HALF,
    Cell,
    Surface,
    cells,
    changed_spans,
    economical,
)

BLANK: Cell = (" ", Role.TEXT)
quick = settings(deadline=None, max_examples=100)

words = st.one_of(
    st.sampled_from(["", " ", "   "]),
    st.lists(
        st.sampled_from(["a", "b", " ", "━", "計", "算", "q\u0301", "\u2764\ufe0f", "👍"]), max_size=6
    ).map("".join),
)
roles = st.sampled_from([Role.TEXT, Role.MUTED, Role.BADGE])
lines = st.lists(st.builds(Run, words, roles), max_size=5).map(tuple)


def padded(line: Line, size: int) -> list[Cell]:
    own = cells(line)
    return own + [BLANK] * (size - len(own))


@given(line=lines)
@quick
def test_a_line_has_as_many_cells_as_it_is_wide(line: Line) -> None:
    assert len(cells(line)) == width(line)
    firsts = (text for text, _ in cells(line) if not text.startswith(SECOND_HALF))
    assert "".join(firsts) == plain(line)


def test_marks_belong_to_the_cell_they_are_written_on() -> None:
    line = (Run("q\u0301計\u2764\ufe0fz"),)
    shown = [text.replace(SECOND_HALF, "½") for text, _ in cells(line)]
    assert shown == ["q\u0301", "計", "½計", "\u2764\ufe0f", "½\u2764\ufe0f", "z"]


@given(before=lines, after=lines)
@quick
def test_the_changed_spans_of_the_new_line_make_the_new_line_out_of_the_old(
    before: Line, after: Line
) -> None:
    size = max(width(before), width(after))
    screen, wanted = padded(before, size), padded(after, size)
    for start, span in changed_spans(before, after):
        screen[start : start + span] = wanted[start : start + span]
    assert screen == wanted


@given(before=lines, after=lines)
@quick
def test_changed_spans_lie_apart_and_begin_and_end_with_a_change(before: Line, after: Line) -> None:
    size = max(width(before), width(after))
    old, new = padded(before, size), padded(after, size)
    end = -MERGE_CELLS - 1
    for start, span in changed_spans(before, after):
        assert start - end > MERGE_CELLS or end < 0
        end = start + span
        assert old[start] != new[start]
        assert old[end - 1] != new[end - 1]


@given(before=lines, after=lines)
@quick
def test_no_span_cuts_a_wide_character_in_two(before: Line, after: Line) -> None:
    size = max(width(before), width(after))
    for screen in (padded(before, size), padded(after, size)):
        for start, span in changed_spans(before, after):
            for edge in (start, start + span):
                assert edge == size or not screen[edge][0].startswith(SECOND_HALF)


def test_the_same_line_has_no_changes_and_a_number_costs_its_digits() -> None:
    line: Line = (Run("cpu ", Role.MUTED), Run(" 87 %"))
    assert list(changed_spans(line, line)) == []
    assert list(changed_spans(line, (Run("cpu ", Role.MUTED), Run(" 88 %")))) == [(6, 1)]
    assert list(changed_spans((Run("x計"),), (Run("x算"),))) == [(1, 2)]


@given(line=lines)
@quick
def test_an_economical_line_has_fewer_runs_and_looks_the_same(line: Line) -> None:
    def visible(cell: Cell) -> tuple[str, Role | None]:
        text, role = cell
        return text, None if text == " " and role not in PAINTED else role

    short = economical(line)
    assert [visible(cell) for cell in cells(short)] == [visible(cell) for cell in cells(line)]
    assert len(short) <= len(line)
    assert all(one.role is not other.role for one, other in pairwise(short))


def test_a_blank_behind_a_painted_word_is_not_painted() -> None:
    line: Line = (Run(" SIMULATED ", Role.BADGE), Run("  ", Role.MUTED), Run("age", Role.MUTED))
    assert economical(line) == (line[0], Run("  age", Role.MUTED))
    assert economical((Run("cpu", Role.MUTED), Run("  "), Run("9"))) == (
        Run("cpu  ", Role.MUTED),
        Run("9"),
    )


class Watched(Surface):
    """A surface that remembers what it was asked to repaint, and what it drew."""

    def __init__(self) -> None:
        super().__init__(themes.load("dark"), id="watched")
        self.asked: list[Region] = []
        self.drawn: list[int] = []

    def refresh(self, *regions: Region, **more: Any) -> Watched:
        self.asked.extend(regions)
        super().refresh(*regions, **more)
        return self

    def render_line(self, y: int) -> Strip:
        self.drawn.append(y)
        return super().render_line(y)

    def forget(self) -> None:
        self.asked.clear()
        self.drawn.clear()


class Stage(App[None]):
    """One surface and nothing else."""

    def compose(self) -> ComposeResult:
        yield Watched()


def row(number: int) -> Line:
    return (Run("a name    ", Role.STRONG), Run(f"{number:3} %"), Run("    tail", Role.MUTED))


async def test_only_changed_regions_are_asked_for_and_only_their_lines_are_drawn() -> None:
    app = Stage()
    async with app.run_test(size=(60, 10)) as pilot:
        surface = app.query_one(Watched)
        surface.show([row(each) for each in range(10, 18)])
        await pilot.pause()
        surface.forget()
        surface.show([row(each + (each == 13)) for each in range(10, 18)])
        assert surface.asked == [Region(12, 3, 1, 1)]
        await pilot.pause()
        assert surface.drawn == [3]


async def test_the_same_picture_again_costs_nothing() -> None:
    app = Stage()
    async with app.run_test(size=(60, 10)) as pilot:
        surface = app.query_one(Watched)
        surface.show([row(1), row(2)], Spot(1, 0, 10), [Spot(0, 0, 5)])
        await pilot.pause()
        surface.forget()
        surface.show([row(1), row(2)], Spot(1, 0, 10), [Spot(0, 0, 5)])
        await pilot.pause()
        assert (surface.asked, surface.drawn) == ([], [])


async def test_a_line_that_is_gone_is_wiped() -> None:
    app = Stage()
    async with app.run_test(size=(60, 10)) as pilot:
        surface = app.query_one(Watched)
        surface.show([row(1), row(2)])
        await pilot.pause()
        surface.forget()
        surface.show([row(1)])
        assert {region.y for region in surface.asked} == {1}
        await pilot.pause()
        assert surface.render_line(1).text.strip() == ""


async def test_a_moved_cursor_repaints_where_it_was_and_where_it_is() -> None:
    app = Stage()
    async with app.run_test(size=(60, 10)) as pilot:
        surface = app.query_one(Watched)
        surface.show([row(1), row(2), row(3)], Spot(0, 2, 10))
        await pilot.pause()
        surface.forget()
        surface.show([row(1), row(2), row(3)], Spot(2, 2, 10))
        assert set(surface.asked) == {Region(2, 0, 10, 1), Region(2, 2, 10, 1)}


async def test_a_row_that_stays_lit_is_repainted_when_the_cursor_leaves_it() -> None:
    app = Stage()
    first, second = Spot(0, 0, 10), Spot(1, 0, 10)
    async with app.run_test(size=(60, 10)) as pilot:
        surface = app.query_one(Watched)
        surface.show([row(1), row(2)], first, [first])
        await pilot.pause()
        surface.forget()
        surface.show([row(1), row(2)], second, [first])
        assert set(surface.asked) == {Region(0, 0, 10, 1), Region(0, 1, 10, 1)}


async def test_the_cursor_and_what_is_lit_lie_over_their_cells_and_no_others() -> None:
    app = Stage()
    look = themes.load("dark")
    async with app.run_test(size=(60, 10)):
        surface = app.query_one(Watched)
        surface.show([row(1), row(2)], Spot(0, 2, 4), [Spot(1, 0, 3)])
        for y, start, stop, over in ((0, 2, 6, look.cursor), (1, 0, 3, look.lit)):
            strip = surface.render_line(y)
            assert strip.cell_length == 60
            inside, outside = strip.crop(start, stop), strip.crop(stop)
            assert {segment.style.bgcolor for segment in inside if segment.style} == {over.bgcolor}
            assert over.bgcolor not in {segment.style.bgcolor for segment in outside if segment.style}


async def test_another_theme_draws_every_line_again() -> None:
    app = Stage()
    async with app.run_test(size=(60, 10)) as pilot:
        surface = app.query_one(Watched)
        surface.show([row(1), row(2)])
        await pilot.pause()
        surface.forget()
        surface.dress(themes.load("light"))
        await pilot.pause()
        assert sorted(surface.drawn) == list(range(10))
