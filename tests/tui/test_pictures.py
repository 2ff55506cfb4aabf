"""The screens as pictures: a change of looks has to be looked at and accepted (`make snapshots`)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from hydra_tui.core.cluster import Cluster
from hydra_tui.present.glyphs import ASCII, BLOCK, Glyphs
from hydra_tui.tui.app import HydraApp
from tests.clusters import NOW, hydra, troubled
from tests.engines import ToldEngine

Compare = Callable[..., bool]


def _app(cluster: Cluster, theme: str = "dark", glyphs: Glyphs = BLOCK) -> HydraApp:
    return HydraApp(ToldEngine(cluster).open, theme=theme, glyphs=glyphs, now=lambda: NOW, tick_s=1e6)


def _after(*keys: str) -> Callable[[Pilot[Exception]], object]:
    """Wait for the first cluster, then press."""

    async def run(pilot: Pilot[Exception]) -> None:
        app = pilot.app
        assert isinstance(app, HydraApp)
        while app.cluster is None:
            await pilot.pause(0.02)
        if keys:
            await pilot.press(*keys)
        await pilot.pause()

    return run


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (160, 45), (240, 70)])
def test_the_overview_when_all_is_well(snap_compare: Compare, size: tuple[int, int]) -> None:
    """Calm: nothing but the gauges and the marks has a colour."""
    assert snap_compare(_app(hydra()), terminal_size=size, run_before=_after())


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
def test_the_overview_in_trouble(snap_compare: Compare, size: tuple[int, int]) -> None:
    """Every state that is not up stands out by shape and colour, with its reason."""
    assert snap_compare(_app(troubled()), terminal_size=size, run_before=_after("tab"))


def test_the_light_theme(snap_compare: Compare) -> None:
    """As readable on white."""
    assert snap_compare(_app(troubled(), theme="light"), terminal_size=(120, 36), run_before=_after())


def test_ascii_only(snap_compare: Compare) -> None:
    """For terminals in which blocks break."""
    assert snap_compare(_app(troubled(), glyphs=ASCII), terminal_size=(80, 24), run_before=_after())


@pytest.mark.parametrize(
    "keys", [("enter",), ("tab", "enter"), ("question_mark",), ("tab", "z"), ("slash", "r", "e")]
)
def test_the_other_pages(snap_compare: Compare, keys: tuple[str, ...]) -> None:
    """A node, a service, the help, a zoomed pane, a filter."""
    assert snap_compare(_app(hydra()), terminal_size=(100, 40), run_before=_after(*keys))


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
def test_the_nodes(snap_compare: Compare, size: tuple[int, int]) -> None:
    """A card a machine, with axes where there is room."""
    assert snap_compare(_app(troubled()), terminal_size=size, run_before=_after("2"))


def test_too_small(snap_compare: Compare) -> None:
    """It says what it has and what it needs."""
    assert snap_compare(_app(hydra()), terminal_size=(60, 20), run_before=_after())
