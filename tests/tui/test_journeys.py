"""What an operator does at the console, key by key."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from hydra_tui.core.cluster import Cluster
from hydra_tui.core.errors import ConfigError
from hydra_tui.core.events import Event
from hydra_tui.core.state import State
from hydra_tui.present.glyphs import ASCII
from hydra_tui.present.picture import Ref
from hydra_tui.tui.app import HydraApp
from hydra_tui.tui.screens.detail import DetailScreen
from hydra_tui.tui.screens.help import HelpScreen
from hydra_tui.tui.screens.nodes import NodesScreen
from tests.clusters import NOW, hydra, troubled, with_node, with_service
from tests.engines import ToldEngine
from tests.tui.conftest import Console, Open

Size = tuple[int, int]
SIZES = [(80, 24), (120, 36), (160, 45), (240, 70)]
SIGNS = ("Show only what contains a text.", "unauthorised", "claimed", "estimated", "no reading")


@pytest.mark.parametrize("size", SIZES)
async def test_the_overview_answers_its_four_questions_at_every_size(
    console: Open, size: tuple[int, int]
) -> None:
    async with console(troubled(), size=size) as c:
        body, header = c.text(), c.text("header")
        assert "connection refused" in body  # is everything up?
        assert "Llama-3.3-70B-Instruct" in body  # what is loaded where?
        assert "hydra-ai 0+1" in body
        assert "VRAM" in header  # how much is left?
        assert "13:03:02" in body  # what just changed?
        assert "✖1" in header


@pytest.mark.parametrize("size", SIZES)
async def test_no_line_is_wider_or_longer_than_the_screen(console: Open, size: Size) -> None:
    async with console(troubled(), size=size) as c:
        lines = c.text().split("\n")
        assert max(map(len, lines)) <= size[0]
        assert len(lines) <= size[1] - 2


async def test_the_cursor_walks_through_a_pane_and_holds_at_its_ends(console: Open) -> None:
    async with console() as c:
        assert c.overview.cursor() == Ref("node", "hydra-ai", "hydra-ai")
        await c.press("down")
        assert c.overview.cursor() == Ref("gpu", "hydra-ai", "0")
        await c.press("k", "k", "k")
        assert c.overview.cursor() == Ref("node", "hydra-ai", "hydra-ai")


async def test_tab_goes_round_the_panes(console: Open) -> None:
    async with console() as c:
        seen = []
        for _ in range(5):
            seen.append(c.overview.focus_on.pane)
            await c.press("tab")
        assert seen == ["nodes", "services", "models", "events", "nodes"]


async def test_enter_opens_what_the_cursor_is_on_and_escape_climbs_back(console: Open) -> None:
    async with console(troubled()) as c:
        await c.press("tab")
        c.overview.point_at(Ref("service", "ollama", "ollama"))
        await c.press("enter")
        assert isinstance(c.app.screen, DetailScreen)
        assert "connection refused by 192.0.2.20:11434" in c.text()
        assert "every 5 s" in c.text()
        await c.press("escape")
        assert not isinstance(c.app.screen, DetailScreen)


async def test_the_overview_knows_what_happened_while_a_page_was_open(console: Open) -> None:
    async with console() as c:
        await c.press("enter")
        c.engine.tell(with_service(hydra(), "redis", State.DOWN, "connection refused"))
        await c.until(lambda: c.app.cluster is not None and len(c.app.cluster.events) == 4)
        await c.press("escape")
        await c.until(lambda: "connection refused" in c.text())


async def test_a_node_page_shows_what_the_row_has_no_room_for(console: Open) -> None:
    async with console(size=(80, 24)) as c:
        await c.press("enter")
        for wanted in ("6.12.41-amd64", "over 1, 5, 15 min", "swap", "driver 590.44"):
            assert wanted in c.text()
        assert "sillytavern" not in c.text()
        await c.press("pagedown", "pagedown")
        assert "sillytavern" in c.text()


async def test_a_filter_leaves_what_matches_and_counts_the_rest(console: Open) -> None:
    async with console() as c:
        await c.press("slash", *"redis")
        assert "1 of 18 match “redis”" in c.text()
        assert "qdrant" not in c.text()
        await c.press("enter")
        assert "redis" in c.text()
        await c.press("escape")
        assert "qdrant" in c.text()


async def test_letters_typed_into_the_filter_are_no_commands(console: Open) -> None:
    async with console() as c:
        await c.press("slash", "q", "z", "t")
        assert c.app.is_running
        assert c.overview.focus_on.filter == "qzt"
        assert not c.overview.focus_on.zoomed


async def test_zoom_gives_one_pane_the_whole_screen_and_takes_it_back(console: Open) -> None:
    async with console(size=(80, 24)) as c:
        await c.press("tab", "z")
        assert "NODES" not in c.text()
        assert "1.106.2" in c.text()
        await c.press("escape")
        assert "NODES" in c.text()


async def test_help_lists_the_keys_of_this_screen_and_explains_every_sign(console: Open) -> None:
    async with console(size=(120, 60)) as c:
        await c.press("question_mark")
        assert isinstance(c.app.screen, HelpScreen)
        for wanted in (
            "Show only what contains a text.",
            "unauthorised",
            "claimed",
            "estimated",
            "no reading",
        ):
            assert wanted in c.text()


async def test_the_palette_finds_a_service_and_opens_its_page(console: Open) -> None:
    async with console() as c:
        await c.press("colon", *"service qdr")
        await c.until(lambda: bool(c.app.screen.query("OptionList")))
        await c.pilot.pause(0.3)
        await c.press("enter")
        await c.until(lambda: isinstance(c.app.screen, DetailScreen))
        assert "qdrant" in c.text()


async def test_the_theme_key_changes_the_colours_of_every_screen(console: Open) -> None:
    async with console() as c:
        assert c.app.theme == "hydra-dark"
        await c.press("t")
        assert c.app.theme == "hydra-light"


async def test_refresh_asks_the_engine(console: Open) -> None:
    async with console() as c:
        await c.press("r")
        await c.until(lambda: c.engine.poked == 1)


async def test_export_writes_a_picture_and_says_where(
    console: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with console() as c:
        await c.press("ctrl+s")
        await c.until(lambda: _svg(tmp_path).rstrip().endswith("</svg>"))
        assert "hydra-ai" in _svg(tmp_path)


def _svg(folder: Path) -> str:
    return "".join(picture.read_text() for picture in folder.glob("hydra-tui-*.svg"))


async def test_a_new_reading_reaches_the_screen_and_its_row_is_lit_once(console: Open) -> None:
    async with console() as c:
        after = with_service(hydra(), "redis", State.DOWN, "connection refused")
        c.engine.tell(after, Event(NOW, "redis", "down", "connection refused", State.DOWN))
        await c.until(lambda: "connection refused" in c.text())
        assert "✖1" in c.text("header")
        assert Ref("service", "redis", "redis") in c.overview.lit
        c.app.tick()
        assert not c.overview.lit


async def test_stale_readings_are_marked_when_nothing_new_comes() -> None:
    now = [NOW]
    engine = ToldEngine(hydra())
    app = HydraApp(engine.open, now=lambda: now[0])
    async with app.run_test(size=(160, 45)) as pilot:
        while app.cluster is None:
            await pilot.pause(0.02)
        now[0] = NOW + 60
        console = Console(app, pilot, engine)
        await console.until(lambda: "no reading for 61 s; it was up then" in console.text())
        assert "○3" in console.text("header")


@pytest.mark.parametrize("size", [(79, 24), (80, 23), (20, 5), (1, 1)])
async def test_a_screen_too_small_says_what_it_has_and_what_it_needs(
    console: Open, size: tuple[int, int]
) -> None:
    async with console(size=size) as c:
        if size[0] >= 20:
            assert f"have {size[0]}×{size[1]}" in c.text()
        await c.pilot.resize_terminal(100, 30)
        await c.until(lambda: "NODES" in c.text())


async def test_a_cluster_of_nothing_still_draws(console: Open) -> None:
    async with console(Cluster("empty", NOW, notice="only this machine"), size=(80, 24)) as c:
        assert "only this machine" in c.text()
        await c.press("enter", "tab", "enter", "z", "down", "up")
        assert c.app.is_running


async def test_quit_ends_the_engine(console: Open) -> None:
    async with console() as c:
        await c.press("q")
    assert c.engine.closed


async def test_an_engine_that_cannot_open_ends_the_console_with_its_error() -> None:
    def broken() -> AbstractAsyncContextManager[ToldEngine]:
        raise ConfigError("config.yaml:3: no")

    app = HydraApp(broken)
    async with app.run_test() as pilot:
        while app.is_running and app.return_value is None:
            await pilot.pause(0.02)
    assert isinstance(app.return_value, ConfigError)


async def test_two_shows_every_machine_and_one_leads_back(console: Open) -> None:
    async with console(troubled()) as c:
        await c.press("2")
        assert isinstance(c.app.screen, NodesScreen)
        for wanted in ("6.12.41-amd64", "memory 14001 MHz", "nvidia-smi is not installed", "no answer from"):
            assert wanted in c.text()
        await c.press("down")
        assert c.app.screen.cursor() == Ref("gpu", "hydra-ai", "0")
        await c.press("enter")
        assert "driver 590.44" in c.text()
        await c.press("1")
        assert "EVENTS" in c.text()


async def test_the_nodes_are_filtered_opened_and_left_like_the_overview(console: Open) -> None:
    async with console(size=(80, 24)) as c:
        await c.press("2", "slash", *"storage", "enter")
        assert "hydra-ai" not in c.text()
        assert "1 of 3 match" in c.text()
        await c.press("escape")
        assert "hydra-ai" in c.text()
        await c.press("escape")
        assert c.app.screen is c.overview


@pytest.mark.parametrize("size", SIZES)
async def test_the_cursor_is_in_sight_on_the_nodes_however_small_the_screen(
    console: Open, size: Size
) -> None:
    async with console(size=size) as c:
        await c.press("2", *["down"] * 6)
        assert isinstance(c.app.screen, NodesScreen)
        assert c.app.screen.cursor() == Ref("node", "hydra-storage", "hydra-storage")
        assert "● hydra-storage" in c.text()


async def test_ascii_only_means_ascii_only(console: Open) -> None:
    async with console(troubled(), size=(160, 45), glyphs=ASCII) as c:
        for keys in ([], ["enter"], ["1"], ["2"], ["question_mark"]):
            await c.press(*keys)
            shown = c.text() + c.text("header") + c.text("keybar")
            assert shown.isascii(), {char for char in shown if not char.isascii()}


async def test_a_degraded_node_says_why(console: Open) -> None:
    cluster = with_node(hydra(), "hydra-storage", State.DEGRADED, "disk / is 97 % full")
    async with console(cluster, size=(80, 24)) as c:
        assert "disk / is 97 % full" in c.text()
        assert "11.2 /  31.3 GiB" in c.text()
