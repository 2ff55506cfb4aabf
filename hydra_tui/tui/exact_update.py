"""Writes only the cells that changed.

Textual cuts a partial update on its right side only: a number at the end of a row is written with the whole
row before it (`ChopsUpdate.render_segments`, "TODO: crop to x extents"), and every segment repeats its
full style. At one update a second that is most of what a console sends over a poor link. This is the one
place that reaches below Textual's public surface; `tests/tui/test_exact_update.py` fails when that moves.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from rich.color import ColorSystem
from rich.console import COLOR_SYSTEMS, Console
from rich.style import Style
from textual._compositor import ChopsUpdate, Compositor
from textual.strip import Strip

RESET = "\x1b[0m"


class ExactUpdate(ChopsUpdate):
    """The same update, cut on both sides, each style said once."""

    def render_segments(self, console: Console) -> str:
        """What a terminal is sent."""
        system = COLOR_SYSTEMS.get(console.color_system or "")
        pen = Style.null()
        out: list[str] = []
        for x, y, piece in self._pieces():
            out.append(f"\x1b[{y + 1};{x + 1}H")
            for text, style, control in piece:
                if control:
                    continue
                wanted = style or Style.null()
                if system is not None and wanted != pen:
                    out.append(change(pen, wanted, system))
                    pen = wanted
                out.append(text)
        return f"{''.join(out)}{RESET}"

    def _pieces(self) -> Iterator[tuple[int, int, Strip]]:
        """(x, y, cells) of every stretch that has to be written."""
        for y, left, right in self.spans:
            for end, (x, strip) in zip(self.chop_ends[y], self.chops[y].items(), strict=False):
                start, stop = max(x, left), min(end, right)
                if strip is not None and start < stop:
                    yield start, y, strip.crop(start - x, stop - x)


@lru_cache(maxsize=4096)
def change(before: Style, after: Style, system: ColorSystem) -> str:
    """The shortest sequence that turns one style into the other."""
    if _but_colours(before) != _but_colours(after) or before == Style.null():
        return f"{RESET}{_whole(after, system)}"
    codes: list[str] = []
    for was, now, foreground in ((before.color, after.color, True), (before.bgcolor, after.bgcolor, False)):
        if was == now:
            continue
        if now is None:
            return f"{RESET}{_whole(after, system)}"
        codes.extend(now.downgrade(system).get_ansi_codes(foreground))
    return f"\x1b[{';'.join(codes)}m" if codes else ""


def _but_colours(style: Style) -> Style:
    return style.without_color


def _whole(style: Style, system: ColorSystem) -> str:
    return style.render("\0", color_system=system).partition("\0")[0]


class ExactCompositor(Compositor):
    """Textual's compositor with exact partial updates."""

    def render_partial_update(self) -> ChopsUpdate | None:
        update = super().render_partial_update()
        if update is None:
            return None
        return ExactUpdate(update.chops, update.spans, update.chop_ends)
