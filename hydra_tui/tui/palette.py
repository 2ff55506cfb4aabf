"""The command line: every action, every node and service, every theme, found as one types."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.command import DiscoveryHit, Hit, Hits, Provider

from hydra_tui.present import theme_files
from hydra_tui.present.picture import Ref
from hydra_tui.tui.keys import EVERYWHERE, MOVE
from hydra_tui.tui.screens.console import ConsoleScreen

if TYPE_CHECKING:
    from hydra_tui.tui.app import HydraApp

Entry = tuple[str, Callable[[], Awaitable[Any] | Any], str]
"""What is typed, what it does, a sentence."""


class Commands(Provider):
    """What can be done from the screen the palette was opened on."""

    async def discover(self) -> Hits:
        """Everything, before the first letter."""
        for name, run, words in self._entries():
            yield DiscoveryHit(name, run, help=words)

    async def search(self, query: str) -> Hits:
        """What matches."""
        matcher = self.matcher(query)
        for name, run, words in self._entries():
            if (score := matcher.match(name)) > 0:
                yield Hit(score, matcher.highlight(name), run, help=words)

    def _entries(self) -> Iterator[Entry]:
        yield from self._actions()
        yield from self._places()
        app = self._hydra()
        for name in theme_files.names():
            yield f"theme {name}", partial(app.wear, name), "Colours of every screen."

    def _hydra(self) -> HydraApp:
        from hydra_tui.tui.app import HydraApp

        assert isinstance(self.app, HydraApp)
        return self.app

    def _actions(self) -> Iterator[Entry]:
        own = self.screen.ACTIONS if isinstance(self.screen, ConsoleScreen) else ()
        for action in (*own, *EVERYWHERE):
            if action.group != MOVE and action.id != "app.command_palette":
                yield action.label, partial(self.screen.run_action, action.id), action.tooltip

    def _places(self) -> Iterator[Entry]:
        app = self._hydra()
        if app.cluster is None:
            return
        for node in app.cluster.nodes:
            yield f"node {node.name}", partial(app.open, Ref("node", node.name, node.name)), node.state.value
        for service in app.cluster.services:
            ref = Ref("service", service.name, service.name)
            yield f"service {service.name}", partial(app.open, ref), service.state.value
