"""What is sent to the terminal is exactly what changed, and shows what Textual's own update shows."""

from __future__ import annotations

import io

import pyte
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate
from textual.strip import Strip

from hydra_tui.tui.exact_update import ExactCompositor, ExactUpdate
from tests.clusters import hydra
from tests.tui.conftest import Open

WIDTH, HEIGHT = 40, 3
STYLES = [
    Style.parse(each) for each in ("red on black", "bold red on black", "blue on black", "blue on white", "")
]


def terminal() -> Console:
    return Console(file=io.StringIO(), force_terminal=True, color_system="truecolor", width=WIDTH)


def shown(data: str) -> list[list[tuple[str, str, str, bool]]]:
    """Every cell of a terminal that was sent `data`: character, colours, weight."""
    screen = pyte.Screen(WIDTH, HEIGHT)
    stream = pyte.Stream(screen)
    stream.feed(data)
    rows = [[screen.buffer[y][x] for x in range(WIDTH)] for y in range(HEIGHT)]
    return [[(cell.data, cell.fg, cell.bg, cell.bold) for cell in row] for row in rows]


runs = st.lists(
    st.tuples(st.text("ab ━", min_size=1, max_size=9), st.sampled_from(STYLES)), min_size=4, max_size=9
)


@given(
    line=runs, spans=st.lists(st.tuples(st.integers(0, WIDTH - 1), st.integers(1, 9)), min_size=1, max_size=4)
)
@settings(deadline=None, max_examples=150)
def test_every_changed_cell_is_drawn_as_it_should_be_and_no_other_cell_is_touched(
    line: list[tuple[str, Style]], spans: list[tuple[int, int]]
) -> None:
    strip = Strip([Segment(text, style) for text, style in line]).adjust_cell_length(WIDTH)
    stretches = [(1, x, min(WIDTH, x + width)) for x, width in spans]
    chops: list[dict[int, Strip | None]] = [{0: None}, {0: strip}, {0: None}]
    ends = [[WIDTH]] * HEIGHT
    exact = shown(ExactUpdate(chops, stretches, ends).render_segments(terminal()))
    whole = shown(ChopsUpdate(chops, [(1, 0, WIDTH)], ends).render_segments(terminal()))
    blank = shown("")
    touched = {x for _, left, right in stretches for x in range(left, right)}
    for x in range(WIDTH):
        assert exact[1][x] == (whole[1][x] if x in touched else blank[1][x])
    assert exact[0] == blank[0]


def test_one_number_costs_its_cells_and_one_style() -> None:
    row = Strip(
        [Segment("a name and more", STYLES[0]), Segment(" 87 %", STYLES[2]), Segment(" tail", STYLES[0])]
    )
    sent = ExactUpdate([{0: row}], [(0, 16, 18)], [[25]]).render_segments(terminal())
    assert sent == "\x1b[1;17H\x1b[0m\x1b[34;40m87\x1b[0m"


async def test_a_mounted_screen_composes_exactly(console: Open) -> None:
    async with console(hydra()) as c:
        assert isinstance(c.app.screen._compositor, ExactCompositor)
