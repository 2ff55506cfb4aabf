"""The key bar shows as many keys as fit, whole, and always the way out."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from hydra_tui.present.cells import plain, width
from hydra_tui.present.roles import Role
from hydra_tui.tui.keybar import keybar
from hydra_tui.tui.keys import DETAIL, EVERYWHERE, OVERVIEW, Action
from hydra_tui.tui.screens.overview import OverviewScreen

WIDTHS = range(20, 241)
SCREENS = [pytest.param(OVERVIEW, id="overview"), pytest.param(DETAIL, id="detail")]


def bar(own: Sequence[Action], cells: int) -> str:
    return plain(keybar((*own, *EVERYWHERE), cells))


@pytest.mark.parametrize("own", SCREENS)
def test_the_bar_fills_every_width_and_ends_with_the_way_out(own: Sequence[Action]) -> None:
    for cells in WIDTHS:
        assert width(keybar((*own, *EVERYWHERE), cells)) == cells
        assert bar(own, cells).endswith(" q quit ")


@pytest.mark.parametrize("own", SCREENS)
def test_more_room_shows_more_keys_in_the_order_of_the_table_and_none_in_part(own: Sequence[Action]) -> None:
    pieces = [f"{each.shown.split()[0]} {each.label}" for each in (*own, *EVERYWHERE) if each.on_bar]
    before: list[str] = []
    for cells in WIDTHS:
        shown = [piece for piece in bar(own, cells).split("  ") if piece.strip()]
        found = [piece.strip() for piece in shown]
        assert found == [*pieces[: len(found) - 1], "q quit"]
        assert len(found) >= len(before)
        before = found
    assert before == pieces


@pytest.mark.parametrize("own", SCREENS)
def test_a_key_is_shown_as_soon_as_it_fits_with_its_gap(own: Sequence[Action]) -> None:
    *others, last = (f"{each.shown.split()[0]} {each.label}" for each in (*own, *EVERYWHERE) if each.on_bar)
    needed = 1 + sum(len(piece) + 2 for piece in others) + len(last) + 1
    assert others[-1] in bar(own, needed)
    assert others[-1] not in bar(own, needed - 1)


def test_the_least_screen_has_room_for_every_key_of_the_overview() -> None:
    there = [each for each in (*OVERVIEW, *EVERYWHERE) if each.id != OverviewScreen.HERE]
    line = plain(keybar(there, 80))
    assert all(each.label in line for each in there if each.on_bar)


def test_keys_look_like_keys() -> None:
    keys = [run.text for run in keybar((*OVERVIEW, *EVERYWHERE), 200) if run.role is Role.KEY]
    assert keys == ["Tab", "↵", "z", "/", "1", "2", ":", "?", "q"]
