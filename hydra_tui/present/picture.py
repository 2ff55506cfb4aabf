"""Lines with marked spots: what can be pointed at, and where it lies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from hydra_tui.present.cells import Line, Run, beside, fit, spread, width
from hydra_tui.present.roles import Role


class Ref(NamedTuple):
    """Something an operator can point at."""

    sort: str
    """`node`, `gpu`, `service`, `model`."""
    owner: str
    """The node or service it belongs to; its own name where it is one."""
    name: str

    @property
    def label(self) -> str:
        """How a sentence calls it."""
        return self.name if self.name == self.owner else f"{self.owner} {self.name}"


class Spot(NamedTuple):
    """Where a `Ref` lies in a picture, in cells."""

    y: int
    x: int
    width: int


Spots = tuple[tuple[Ref, Spot], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """Lines, and the spots on them in reading order."""

    lines: tuple[Line, ...] = ()
    spots: Spots = ()

    @property
    def height(self) -> int:
        return len(self.lines)

    def spot(self, ref: Ref | None) -> Spot | None:
        """Where that thing lies, if it is in the picture."""
        return next((spot for known, spot in self.spots if known == ref), None)


def row(ref: Ref, line: Line, cells: int) -> Picture:
    """One line that is one spot."""
    return Picture((fit(line, cells),), ((ref, Spot(0, 0, cells)),))


def moved(spots: Spots, *, down: int = 0, right: int = 0) -> Spots:
    """The same spots elsewhere."""
    return tuple((ref, Spot(spot.y + down, spot.x + right, spot.width)) for ref, spot in spots)


def stacked(pictures: Sequence[Picture], gap: int = 0) -> Picture:
    """One below the other; empty ones take no room."""
    lines: list[Line] = []
    spots: list[tuple[Ref, Spot]] = []
    for picture in pictures:
        if not picture.lines:
            continue
        if lines:
            lines.extend([()] * gap)
        spots.extend(moved(picture.spots, down=len(lines)))
        lines.extend(picture.lines)
    return Picture(tuple(lines), tuple(spots))


def abreast(left: Picture, right: Picture, left_cells: int, gap: int) -> Picture:
    """Side by side."""
    lines = beside(left.lines, right.lines, left_cells, gap)
    return Picture(tuple(lines), (*left.spots, *moved(right.spots, right=left_cells + gap)))


def windowed(picture: Picture, rows: int, cursor: Ref | None) -> Picture:
    """At most so many lines, with the cursor's among them; the last one counts what is left out."""
    if picture.height <= rows:
        return picture
    if rows < 1:
        return Picture()
    room = max(1, rows - 1)
    spot = picture.spot(cursor)
    top = max(0, min(spot.y - room // 2, picture.height - room)) if spot else 0
    kept = tuple((ref, at) for ref, at in moved(picture.spots, down=-top) if 0 <= at.y < room)
    lines, note = picture.lines[top : top + room], _left_out(picture, len(kept), room)
    if rows == 1:
        return Picture((spread(lines[0], note, width(lines[0])),), kept)
    return Picture((*lines, note), kept)


def _left_out(picture: Picture, kept: int, room: int) -> Line:
    """How many things are not shown; where nothing can be pointed at, every line is a thing."""
    hidden = len(picture.spots) - kept if picture.spots else picture.height - room
    return (Run(f"  … {hidden} more" if hidden else "  …", Role.MUTED),)
