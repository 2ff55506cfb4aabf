"""The application: it holds the newest cluster, the theme and the screens, and nothing else."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType

from textual.app import App
from textual.message import Message

from hydra_tui.core.cluster import Cluster
from hydra_tui.core.events import Event
from hydra_tui.engine.store import Update
from hydra_tui.present import theme_files
from hydra_tui.present.glyphs import BLOCK, Glyphs
from hydra_tui.present.picture import Ref
from hydra_tui.present.view import View
from hydra_tui.tui import themes
from hydra_tui.tui.bridge import Bridge, Opener
from hydra_tui.tui.export import save_picture
from hydra_tui.tui.keys import EVERYWHERE
from hydra_tui.tui.palette import Commands
from hydra_tui.tui.screens.console import ConsoleScreen, bindings
from hydra_tui.tui.screens.overview import OverviewScreen
from hydra_tui.tui.screens.pointing import PointingScreen

TICK_S = 1.0

_LISTINGS: Mapping[str, str] = MappingProxyType({"nodes": "hydra_tui.tui.screens.nodes:NodesScreen"})
"""Screens that have a digit, besides the overview, over which they lie; imported when they are asked for."""


class ClusterChanged(Message):
    """The engine knows something new."""

    def __init__(self, update: Update) -> None:
        super().__init__()
        self.update = update


class HydraApp(App[Exception]):
    """Ends with `None`, or with the error that kept the engine from opening."""

    TITLE = "hydra-tui"
    COMMANDS = {Commands}  # noqa: RUF012 - Textual's way
    BINDINGS = bindings(EVERYWHERE)

    def __init__(
        self,
        opener: Opener,
        *,
        theme: str = theme_files.DEFAULT,
        glyphs: Glyphs = BLOCK,
        now: Callable[[], float] = time.time,
        tick_s: float = TICK_S,
    ) -> None:
        super().__init__()
        self._tick_s = tick_s
        self.cluster: Cluster | None = None
        self._glyphs = glyphs
        self._now = now
        self._look_name = theme
        self._bridge = Bridge(opener, self._deliver, self._fail)
        self.wear(theme)

    def get_default_screen(self) -> OverviewScreen:
        """The overview is what the first frame shows, not something laid over an empty screen."""
        return OverviewScreen(themes.load(self._look_name), self._view(), None)

    def on_mount(self) -> None:
        self.set_interval(self._tick_s, self.tick)
        # The screen paints before the engine's imports compete for the processor.
        self.call_after_refresh(self._bridge.start)

    def on_unmount(self) -> None:
        self._bridge.stop()

    def farewell(self) -> None:
        """Wait for the engine, once the terminal is the operator's again."""
        self._bridge.wait()

    def _view(self) -> View:
        return View(self._now(), self._glyphs)

    def _deliver(self, update: Update) -> None:
        self.call_later(self.post_message, ClusterChanged(update))

    def _fail(self, error: Exception) -> None:
        self.call_later(self.exit, error)

    def on_cluster_changed(self, message: ClusterChanged) -> None:
        if self.cluster is None or not self.cluster.complete:
            _settle(message.update.cluster)
        self.cluster = message.update.cluster
        if message.update.news and isinstance(self.screen, ConsoleScreen):
            self.screen.light(_subjects(message.update.news))
        self._catch_up()

    def _catch_up(self, _: object = None) -> None:
        """The screen in front knows what is known; those behind it learn it when they come to the front."""
        if isinstance(self.screen, ConsoleScreen):
            self.screen.set_reactive(ConsoleScreen.view, self._view())
            self.screen.cluster = self.cluster

    def on_pointing_screen_opened(self, message: PointingScreen.Opened) -> None:
        self.open(message.ref)

    def tick(self) -> None:
        """A second has passed."""
        if isinstance(self.screen, ConsoleScreen):
            self.screen.view = self._view()

    def open(self, ref: Ref) -> None:
        """The page about a thing. Its modules are no part of the first frame."""
        from hydra_tui.tui.screens.detail import DetailScreen

        look = themes.load(self._look_name)
        self.push_screen(DetailScreen(look, self._view(), self.cluster, ref), self._catch_up)

    def wear(self, name: str) -> None:
        """Another theme, on every screen."""
        look = themes.load(name)
        self._look_name = name
        self.register_theme(look.textual)
        self.theme = look.textual.name
        for screen in self.screen_stack:
            if isinstance(screen, ConsoleScreen):
                screen.dress(look)

    def action_next_theme(self) -> None:
        known = theme_files.names()
        self.wear(known[(known.index(self._look_name) + 1) % len(known)])

    def action_help(self) -> None:
        from hydra_tui.tui.screens.help import HelpScreen

        if isinstance(self.screen, ConsoleScreen) and not isinstance(self.screen, HelpScreen):
            look = themes.load(self._look_name)
            page = HelpScreen(look, self._view(), self.cluster, self.screen.ACTIONS)
            self.push_screen(page, self._catch_up)

    def action_show(self, name: str) -> None:
        """One of the screens that have a digit; whatever was open above the overview is left."""
        while len(self.screen_stack) > 1:
            self.pop_screen()
        if name in _LISTINGS:
            module, _, screen = _LISTINGS[name].partition(":")
            opened: type[ConsoleScreen] = getattr(import_module(module), screen)
            self.push_screen(opened(themes.load(self._look_name), self._view(), self.cluster), self._catch_up)
        self._catch_up()

    def action_look_again(self) -> None:
        self._bridge.poke()

    def action_export_screen(self) -> None:
        picture, at = self.export_screenshot(title="hydra-tui"), self._now()
        self.run_worker(lambda: self._export(picture, at), thread=True, group="export")

    def _export(self, picture: str, at: float) -> None:
        path = save_picture(picture, at)
        words = f"saved {path}" if path else "neither here nor at home can be written"
        self.call_from_thread(self.notify, words, severity="information" if path else "error")


def _settle(cluster: Cluster) -> None:
    """Once everything is loaded it is there to stay: the collector need never look at it again."""
    if cluster.complete and not gc.isenabled():
        gc.freeze()
        gc.enable()


def _subjects(news: tuple[Event, ...]) -> frozenset[Ref]:
    return frozenset(
        Ref(sort, event.subject, event.subject) for event in news for sort in ("node", "service")
    )
