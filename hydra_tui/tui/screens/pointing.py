"""A screen on which something can be pointed at, filtered and opened."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace

from textual import events
from textual.message import Message
from textual.reactive import var
from textual.widgets import Input

from hydra_tui.core.cluster import stale_names
from hydra_tui.present.focus import Focus
from hydra_tui.present.picture import Ref
from hydra_tui.tui.cursor import pane_of, step
from hydra_tui.tui.screens.console import ConsoleScreen


class PointingScreen(ConsoleScreen):
    """Moves a cursor over what `known` lists."""

    CSS = """
    #filter { dock: bottom; height: 1; border: none; padding: 0 1; background: $panel; }
    """

    focus_on: var[Focus] = var(Focus(), init=False)

    class Opened(Message):
        """The operator wants to know all about this."""

        def __init__(self, ref: Ref) -> None:
            super().__init__()
            self.ref = ref

    def known(self) -> list[Ref]:
        """Everything that can be pointed at, in reading order; a screen overrides this."""
        raise NotImplementedError

    def watch_focus_on(self) -> None:
        self.redraw()

    def moment(self) -> Hashable:
        """Which readings have become too old to be shown as what is."""
        return stale_names(self.cluster, self.view.now) if self.cluster else None

    def standing(self) -> Focus:
        """Where the operator is, the cursor on something that is there."""
        return replace(self.focus_on, cursor=self.cursor())

    def cursor(self) -> Ref | None:
        """What was chosen, or the first thing while that is out of sight."""
        return step(self.known(), self.focus_on.cursor, 0)

    def point_at(self, ref: Ref) -> None:
        """Put the cursor on it, in its pane."""
        self.focus_on = replace(self.focus_on, pane=pane_of(ref), cursor=ref)

    def action_move(self, by: int) -> None:
        self.focus_on = replace(self.focus_on, cursor=step(self.known(), self.cursor(), by))

    def action_open(self) -> None:
        if (ref := self.cursor()) is not None:
            self.post_message(self.Opened(ref))

    async def action_filter(self) -> None:
        if not self.query("#filter"):
            line = Input(self.focus_on.filter, placeholder="filter", id="filter", select_on_focus=False)
            await self.mount(line)
        self.query_one("#filter", Input).focus()

    async def action_climb(self) -> None:
        """Out of one thing at a time: the filter and its line, then what the screen itself can leave."""
        if self.query("#filter") or self.focus_on.filter:
            await self.query("#filter").remove()
            self.focus_on = replace(self.focus_on, filter="")
        else:
            self.leave()

    def leave(self) -> None:
        """Nothing is filtered, and the operator wants to go back."""
        self.dismiss()

    def on_input_changed(self, event: Input.Changed) -> None:
        self.focus_on = replace(self.focus_on, filter=event.value.strip())

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep the filter, give the keys back."""
        await event.input.remove()

    def on_click(self, event: events.Click) -> None:
        """A click points, a second one opens."""
        ref = self._under(event.screen_x, event.screen_y)
        if ref is None:
            return
        if ref == self.cursor():
            self.post_message(self.Opened(ref))
        else:
            self.point_at(ref)

    def _under(self, x: int, y: int) -> Ref | None:
        if self.cluster is None:
            return None
        picture = self.draw(self.cluster, self.size.width, self.size.height - 2)
        for ref, spot in picture.spots:
            if spot.y == y - 1 and spot.x <= x < spot.x + spot.width:
                return ref
        return None
