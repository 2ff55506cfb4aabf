"""Pictures put together keep every spot over the thing it marks."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from hydra_tui.present.cells import Run, plain, width
from hydra_tui.present.picture import Picture, Ref, Spot, abreast, row, stacked, windowed

quick = settings(deadline=None, max_examples=80)

CELLS = 12


def ref(number: int) -> Ref:
    return Ref("service", str(number), str(number))


def rows(count: int, first: int = 0) -> Picture:
    """A line a thing, each marked with its number."""
    return stacked([row(ref(first + each), (Run(f"<{first + each}>"),), CELLS) for each in range(count)])


def pairs(count: int) -> Picture:
    """Two things a line."""
    lines = tuple((Run(f"<{2 * y}>".ljust(6)), Run(f"<{2 * y + 1}>".ljust(6))) for y in range(count))
    spots = tuple((ref(2 * y + half), Spot(y, 6 * half, 6)) for y in range(count) for half in (0, 1))
    return Picture(lines, spots)


def check_spots(picture: Picture) -> None:
    """Under every spot stands the thing it marks."""
    for marked, spot in picture.spots:
        under = plain(picture.lines[spot.y])[spot.x : spot.x + spot.width]
        assert under.startswith(f"<{marked.name}>")


@given(counts=st.lists(st.integers(0, 4), max_size=5), gap=st.integers(0, 2))
@quick
def test_stacked_pictures_keep_their_spots_and_empty_ones_take_no_room(counts: list[int], gap: int) -> None:
    picture = stacked([rows(count, 10 * place) for place, count in enumerate(counts)], gap)
    there = [count for count in counts if count]
    assert picture.height == sum(there) + gap * max(0, len(there) - 1)
    assert len(picture.spots) == sum(counts)
    check_spots(picture)


@given(left=st.integers(0, 5), right=st.integers(0, 5), gap=st.integers(0, 3))
@quick
def test_pictures_abreast_keep_their_spots(left: int, right: int, gap: int) -> None:
    picture = abreast(rows(left), rows(right, 10), CELLS, gap)
    assert picture.height == max(left, right)
    assert len(picture.spots) == left + right
    assert {width(line) for line in picture.lines[:right]} <= {2 * CELLS + gap}
    check_spots(picture)


@given(
    picture=st.one_of(st.integers(0, 30).map(rows), st.integers(0, 15).map(pairs)),
    room=st.integers(0, 34),
    at=st.integers(0, 34),
)
@quick
def test_a_window_shows_the_cursor_and_counts_what_it_hides(picture: Picture, room: int, at: int) -> None:
    known = [marked for marked, _ in picture.spots]
    cursor = known[at % len(known)] if known else None
    seen = windowed(picture, room, cursor)
    assert seen.height <= room
    if room > 1:
        check_spots(seen)
    if room and cursor:
        assert seen.spot(cursor) is not None
    if 0 < room < picture.height:
        counted = re.search(r"… (\d+) more", plain(seen.lines[-1]))
        assert counted
        assert int(counted[1]) == len(known) - len(seen.spots) > 0


def test_a_window_without_a_cursor_shows_the_beginning() -> None:
    assert [plain(line).strip() for line in windowed(rows(5), 3, None).lines] == ["<0>", "<1>", "… 3 more"]


def test_a_window_of_one_line_counts_at_its_end() -> None:
    things = stacked([row(ref(each), (Run(f"<{each}>"),), 20) for each in range(3)])
    seen = windowed(things, 1, ref(1))
    assert [plain(line) for line in seen.lines] == ["<1>         … 2 more"]
    assert seen.spots == ((ref(1), Spot(0, 0, 20)),)


def test_lines_at_which_nothing_can_be_pointed_are_counted_as_lines() -> None:
    words = Picture(tuple((Run(word),) for word in ("a", "b", "c", "d")))
    assert [plain(line) for line in windowed(words, 2, None).lines] == ["a", "  … 3 more"]


def test_a_spot_is_found_by_what_it_marks() -> None:
    assert rows(3).spot(ref(2)) == Spot(2, 0, CELLS)
    assert rows(3).spot(ref(3)) is None
    assert rows(3).spot(None) is None
