"""The one widget that tables, gauges and charts are drawn on: it repaints only the cells that changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.cells import split_graphemes
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from hydra_tui.present.cells import Line, Run
from hydra_tui.present.picture import Spot
from hydra_tui.present.roles import Role
from hydra_tui.tui.themes import Look

MERGE_CELLS = 4
"""Two changes closer than this are one write: moving the cursor costs as much."""

Cell = tuple[str, Role]

SECOND_HALF = "\0"
"""Stands before a wide character in its second cell: halves never change alone."""

PAINTED = frozenset({Role.BADGE})
"""Roles with a background of their own, whose blanks are not like any other."""


def cells(line: Line) -> list[Cell]:
    """The line cell by cell; marks that take no cell of their own are in the one they are written on."""
    out: list[Cell] = []
    for text, role in line:
        if text.isascii():
            out.extend((char, role) for char in text)
        else:
            _add_graphemes(out, text, role)
    return out


def _add_graphemes(out: list[Cell], text: str, role: Role) -> None:
    for start, end, size in split_graphemes(text)[0]:
        grapheme = text[start:end]
        if size:
            out.append((grapheme, role))
            out.extend([(SECOND_HALF + grapheme, role)] * (size - 1))
        elif out:
            below, own = out[-1]
            out[-1] = (below + grapheme, own)


def changed_spans(before: Line, after: Line) -> Iterator[tuple[int, int]]:
    """(start, width) of every stretch of cells that differs."""
    old, new = cells(before), cells(after)
    size = max(len(old), len(new))
    blank: Cell = (" ", Role.TEXT)
    old += [blank] * (size - len(old))
    new += [blank] * (size - len(new))
    start = end = -1
    for x in range(size):
        if old[x] == new[x]:
            continue
        if start >= 0 and x - end > MERGE_CELLS:
            yield start, end - start
            start = -1
        start = x if start < 0 else start
        end = x + 1
    if start >= 0:
        yield start, end - start


def economical(line: Line) -> Line:
    """The same cells in fewer runs: a blank looks alike in every role that has no background of its own."""
    merged: list[Run] = []
    for run in line:
        if merged and (run.role == merged[-1].role or (_is_blank(run) and merged[-1].role not in PAINTED)):
            merged[-1] = Run(merged[-1].text + run.text, merged[-1].role)
        elif run.text:
            merged.append(run)
    return tuple(merged)


def _is_blank(run: Run) -> bool:
    return run.role not in PAINTED and run.text.isspace()


class Surface(Widget):
    """Lines of runs, a cursor over one spot, and spots that are lit for a moment."""

    DEFAULT_CSS = "Surface { height: 1fr; } Surface.-line { height: 1; }"

    def __init__(self, look: Look, *, id: str, classes: str = "") -> None:  # noqa: A002 - Textual's word
        super().__init__(id=id, classes=classes)
        self._look = look
        self._lines: tuple[Line, ...] = ()
        self._cursor: Spot | None = None
        self._lit: frozenset[Spot] = frozenset()

    @property
    def lines(self) -> tuple[Line, ...]:
        """What is drawn now."""
        return self._lines

    def dress(self, look: Look) -> None:
        """Draw everything again in another theme."""
        self._look = look
        self.refresh()

    def show(self, lines: Sequence[Line], cursor: Spot | None = None, lit: Iterable[Spot] = ()) -> None:
        """Draw these lines; only the cells that differ are repainted."""
        before, self._lines = self._lines, tuple(lines)
        # A spot that stays lit changes all the same when the cursor leaves it.
        overlays = {self._cursor} ^ {cursor} | self._lit ^ (now_lit := frozenset(lit))
        self._cursor, self._lit = cursor, now_lit
        regions = list(self._changed(before))
        regions += [Region(spot.x, spot.y, spot.width, 1) for spot in overlays if spot is not None]
        if regions:
            self.refresh(*regions)

    def _changed(self, before: tuple[Line, ...]) -> Iterator[Region]:
        for y in range(max(len(before), len(self._lines))):
            old = before[y] if y < len(before) else ()
            new = self._lines[y] if y < len(self._lines) else ()
            if old is not new and old != new:
                for x, width in changed_spans(old, new):
                    yield Region(x, y, width, 1)

    def render_line(self, y: int) -> Strip:
        """One line as Textual wants it."""
        line = self._lines[y] if y < len(self._lines) else ()
        styles = self._look.styles
        segments = [Segment(text, styles[role]) for text, role in economical(line)]
        strip = Strip(segments).adjust_cell_length(self.size.width, styles[Role.TEXT])
        for spot in self._lit:
            if spot.y == y:
                strip = _overlaid(strip, spot, self._look.lit)
        if self._cursor is not None and self._cursor.y == y:
            strip = _overlaid(strip, self._cursor, self._look.cursor)
        return strip


def _overlaid(strip: Strip, spot: Spot, style: Style) -> Strip:
    left = strip.crop(0, spot.x)
    middle = strip.crop(spot.x, spot.x + spot.width)
    right = strip.crop(spot.x + spot.width, strip.cell_length)
    painted = [Segment(text, (own or Style()) + style, control) for text, own, control in middle]
    return Strip.join([left, Strip(painted), right])
