"""Pages: they can be scrolled before there is anything on them, and they say what they cut."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hydra_tui.present.cells import text_width
from hydra_tui.tui.app import HydraApp
from hydra_tui.tui.screens.help import HelpScreen
from tests.clusters import NOW, hydra
from tests.engines import ToldEngine
from tests.tui.conftest import Console, Open


async def test_a_page_can_be_scrolled_before_the_first_reading() -> None:
    app = HydraApp(ToldEngine().open, now=lambda: NOW, tick_s=1e6)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("question_mark", "down", "pagedown", "up")
        assert isinstance(app.screen, HelpScreen)
        assert app.is_running
    app.farewell()


async def test_a_page_can_be_scrolled_while_the_screen_is_too_small(console: Open) -> None:
    async with console(size=(60, 20)) as c:
        await c.press("question_mark", "down", "pagedown")
        assert "too small" in c.text()


async def test_a_line_that_is_wider_than_the_screen_ends_in_a_mark(console: Open) -> None:
    first, *others = hydra().nodes
    far = replace(first, address="operator@" + "very-long-name." * 9 + "example:2222")
    async with console(replace(hydra(), nodes=(far, *others)), size=(80, 24)) as c:
        await c.press("enter")
        lines = c.text().split("\n")
        assert max(map(text_width, lines)) <= 80
        assert lines[0].startswith("  hydra-ai   operator@very-long-name.")
        assert lines[0].endswith("…")


@pytest.mark.parametrize(("keys", "more"), [((), True), (("pagedown",) * 9, False)])
async def test_what_does_not_fit_is_counted_until_the_end_is_reached(
    console: Open, keys: tuple[str, ...], more: bool
) -> None:
    async with console(size=(80, 24)) as c:
        await c.press("enter", *keys)
        assert ("more lines" in c.text()) is more


async def test_the_end_of_a_page_holds(console: Open) -> None:
    async with console(size=(80, 24)) as c:
        await _to_the_end(c)
        end = c.text()
        await c.press("down", "pagedown")
        assert c.text() == end
        await c.press("up")
        assert c.text() != end


async def _to_the_end(c: Console) -> None:
    await c.press("enter", *["pagedown"] * 9)
