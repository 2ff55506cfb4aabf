"""What every screen of the console has: the header, a body to draw on, the key bar."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.reactive import var
from textual.screen import Screen

from hydra_tui.core.cluster import Cluster
from hydra_tui.present.cells import Line, Run
from hydra_tui.present.header import header
from hydra_tui.present.overview import LEAST_CELLS, LEAST_ROWS
from hydra_tui.present.picture import Picture, Ref
from hydra_tui.present.roles import Role
from hydra_tui.present.view import View
from hydra_tui.tui.exact_update import ExactCompositor
from hydra_tui.tui.keybar import keybar
from hydra_tui.tui.keys import EVERYWHERE, Action
from hydra_tui.tui.surface import Surface
from hydra_tui.tui.themes import Look

CHROME_ROWS = 2
"""The header and the key bar."""


def bindings(actions: Iterable[Action]) -> list[BindingType]:
    """The table's rows as Textual wants them."""
    return [
        Binding(action.keys, action.id, action.label, show=False, id=action.id, tooltip=action.tooltip)
        for action in actions
    ]


class ConsoleScreen(Screen[None]):
    """Draws a picture of the newest cluster between header and key bar."""

    CSS = "ConsoleScreen { layout: vertical; }"
    ACTIONS: Sequence[Action] = ()
    """The screen's own, besides those that work everywhere."""
    HERE = ""
    """The action that leads to this screen: its key bar need not show it."""

    cluster: var[Cluster | None] = var(None, init=False, always_update=True)
    view: var[View] = var(View(0.0), init=False, always_update=True)

    def __init__(self, look: Look, view: View, cluster: Cluster | None) -> None:
        super().__init__()
        self._compositor = ExactCompositor()
        self._look = look
        self.lit: frozenset[Ref] = frozenset()
        """What has just changed its state."""
        self._drawn_moment: Hashable = None
        self.set_reactive(ConsoleScreen.cluster, cluster)
        self.set_reactive(ConsoleScreen.view, view)

    def compose(self) -> ComposeResult:
        yield Surface(self._look, id="header", classes="-line")
        yield Surface(self._look, id="body")
        yield Surface(self._look, id="keybar", classes="-line")

    def on_mount(self) -> None:
        self.redraw()

    def on_resize(self) -> None:
        self.redraw()

    def watch_cluster(self) -> None:
        self.redraw()

    def watch_view(self) -> None:
        """Time has passed: the clock moves, the body only where time itself changes it."""
        if self.lit or self.moment() != self._drawn_moment:
            self.light(frozenset())
            self.redraw()
        else:
            self._redraw_header()

    def moment(self) -> Hashable:
        """What of the time the body depends on: it is drawn again when this differs."""
        return None

    def light(self, refs: frozenset[Ref]) -> None:
        """Brighten these until the next tick: they have just changed their state."""
        self.lit = refs

    def dress(self, look: Look) -> None:
        """Wear another theme."""
        self._look = look
        for surface in self.query(Surface):
            surface.dress(look)

    def draw(self, cluster: Cluster, cells: int, rows: int) -> Picture:
        """The body; a screen overrides this."""
        raise NotImplementedError

    def cursor(self) -> Ref | None:
        """What the operator points at."""
        return None

    def redraw(self) -> None:
        """Draw what is known now. Cheap: unchanged cells are not written again."""
        if not self.is_mounted or not self.query("#body"):
            return
        cells, rows = self.size
        picture = self._picture(cells, rows)
        lit = (picture.spot(ref) for ref in self.lit)
        body = self.query_one("#body", Surface)
        lines = map(self._spelt, picture.lines)
        body.show(tuple(lines), picture.spot(self.cursor()), [spot for spot in lit if spot is not None])
        self.query_one("#keybar", Surface).show([self._spelt(keybar(self.on_bar(), cells))])
        self._drawn_moment = self.moment()
        self._redraw_header()

    def on_bar(self) -> list[Action]:
        """What the key bar chooses from."""
        return [action for action in (*self.ACTIONS, *EVERYWHERE) if action.id != self.HERE]

    def _redraw_header(self) -> None:
        top = header(self.cluster, self.size.width, self.view) if self.cluster else _greeting()
        self.query_one("#header", Surface).show([self._spelt(top)])

    def _spelt(self, line: Line) -> Line:
        """In the alphabet of this terminal."""
        spelling = self.view.glyphs.spelling
        return tuple(Run(text.translate(spelling), role) for text, role in line) if spelling else line

    def _picture(self, cells: int, rows: int) -> Picture:
        if cells < LEAST_CELLS or rows < LEAST_ROWS:
            return too_small(cells, rows)
        if self.cluster is None:
            return Picture()
        return self.draw(self.cluster, cells, rows - CHROME_ROWS)


def _greeting() -> Line:
    return (Run(" hydra", Role.TITLE), Run("   looking…", Role.MUTED))


def too_small(cells: int, rows: int) -> Picture:
    """What is there and what is needed, in words that fit almost anywhere."""
    words = (f"too small: have {cells}×{rows}", f"need {LEAST_CELLS}×{LEAST_ROWS}")
    lines: list[Line] = [()] * max(0, (rows - CHROME_ROWS) // 2 - 1)
    lines += [(Run(word.center(cells)[:cells], Role.WARN),) for word in words]
    return Picture(tuple(lines))
