"""The overview at every size and for every cluster: it fits, it points right, it counts what it hides."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hydra_tui.core.cluster import Cluster, Node, Service
from hydra_tui.core.state import State
from hydra_tui.present.cells import plain, width
from hydra_tui.present.focus import PANES, Focus
from hydra_tui.present.glyphs import ASCII, BLOCK, Glyphs
from hydra_tui.present.overview import LEAST_CELLS, LEAST_ROWS, VAST_CELLS, WIDE_CELLS, overview
from hydra_tui.present.picture import Picture
from hydra_tui.present.view import View
from tests.clusters import NOW, hydra, troubled
from tests.present.extremes import EXTREMES, extreme, many_services

CHROME_ROWS = 2
"""The header and the key bar are not the overview's."""

each_cluster = pytest.mark.parametrize("cluster", EXTREMES)
quick = settings(deadline=None, max_examples=10)


@dataclass(frozen=True)
class Look:
    """A way to look at a cluster."""

    cells: int
    rows: int
    focus: Focus
    glyphs: Glyphs

    def at(self, cluster: Cluster) -> Picture:
        return overview(cluster, self.cells, self.rows, View(NOW, self.glyphs), self.focus)


looks = st.builds(
    Look,
    st.one_of(st.sampled_from([80, 109, 110, 199, 200, 260]), st.integers(LEAST_CELLS, 260)),
    st.one_of(st.sampled_from([22, 29, 30]), st.integers(LEAST_ROWS - CHROME_ROWS, 80 - CHROME_ROWS)),
    st.builds(Focus, st.sampled_from(PANES), zoomed=st.sampled_from([False, False, True])),
    st.sampled_from([BLOCK, ASCII]),
)


def text(picture: Picture) -> str:
    return "\n".join(plain(line) for line in picture.lines)


@each_cluster
@given(look=looks)
@quick
def test_the_overview_fits_its_screen(cluster: str, look: Look) -> None:
    picture = look.at(extreme(cluster))
    assert picture.height <= look.rows
    assert max(map(width, picture.lines)) <= look.cells


@each_cluster
@given(look=looks)
@quick
def test_every_spot_lies_in_the_picture_and_none_lies_over_another(cluster: str, look: Look) -> None:
    picture = look.at(extreme(cluster))
    taken: set[tuple[int, int]] = set()
    for _, spot in picture.spots:
        under = {(spot.y, x) for x in range(spot.x, spot.x + spot.width)}
        assert under
        assert 0 <= spot.y < picture.height
        assert 0 <= spot.x < spot.x + spot.width <= look.cells
        assert not under & taken
        taken |= under


@pytest.mark.parametrize("cells", [80, 120, 240])
@pytest.mark.parametrize("rows", [22, 34, 60])
@pytest.mark.parametrize("zoomed", [False, True])
def test_a_spot_begins_with_the_shape_of_what_it_marks(cells: int, rows: int, zoomed: bool) -> None:
    known = troubled()
    targets: tuple[Node | Service, ...] = (*known.nodes, *known.services)
    shapes = {target.name: BLOCK.states[target.state] for target in targets}
    picture = overview(known, cells, rows, View(NOW), Focus(zoomed=zoomed))
    marked = [(ref, spot) for ref, spot in picture.spots if ref.sort in ("node", "service")]
    assert len(marked) >= len(known.nodes)
    for ref, spot in marked:
        assert plain(picture.lines[spot.y])[spot.x] == shapes[ref.name]


@each_cluster
@given(look=looks)
@quick
def test_every_service_that_is_down_is_seen_or_counted(cluster: str, look: Look) -> None:
    known = extreme(cluster)
    picture = look.at(known)
    if look.focus.zoomed and look.focus.pane != "services":
        return
    seen = {ref.name for ref, _ in picture.spots if ref.sort == "service"}
    down = {service.name for service in known.services if service.state is State.DOWN}
    if down - seen:
        counts = [int(count) for count in re.findall(r"… (\d+) more", text(picture))]
        assert len(known.services) - len(seen) in counts


@each_cluster
@given(look=looks)
@quick
def test_nothing_on_the_overview_can_steer_a_terminal(cluster: str, look: Look) -> None:
    drawn = text(look.at(extreme(cluster))).replace("\n", "")
    assert not {char for char in drawn if unicodedata.category(char) in ("Cc", "Cf")}


@pytest.mark.parametrize("cells", [LEAST_CELLS, WIDE_CELLS, VAST_CELLS])
@pytest.mark.parametrize("rows", [22, 45])
@each_cluster
def test_no_pane_is_lost(cluster: str, cells: int, rows: int) -> None:
    drawn = text(overview(extreme(cluster), cells, rows, View(NOW), Focus()))
    for title in ("NODES", "SERVICES", "MODELS", "EVENTS"):
        assert title in drawn


@pytest.mark.parametrize("cells", [80, 110, 200])
def test_without_a_reading_there_is_no_number_and_no_error(cells: int) -> None:
    drawn = text(overview(extreme("mute drivers"), cells, 40, View(NOW), Focus()))
    assert "— / " in drawn
    assert "0 °C" not in drawn


@pytest.mark.parametrize("cells", [80, 110, 200])
def test_what_is_too_old_is_unknown_everywhere(cells: int) -> None:
    drawn = text(overview(hydra(), cells, 60, View(NOW + 60), Focus()))
    assert drawn.count("◷ no reading for 61 s; it was up then"[:12]) >= 3
    assert "°C" not in drawn


def test_where_room_is_short_what_is_not_well_is_listed_before_what_is() -> None:
    drawn = text(overview(many_services(), 80, 30, View(NOW), Focus()))
    assert drawn.count("connection refused by 192.0.2.1:80") == 5
    assert drawn.count("●") >= 295


def test_a_notice_is_read_whole_at_the_least_size() -> None:
    drawn = text(overview(extreme("empty"), 80, 22, View(NOW), Focus()))
    assert "/home/someone/.config/hydra-tui/config.yaml" in drawn


def test_one_column_shows_every_reason_at_the_least_size() -> None:
    drawn = text(overview(troubled(), 80, 22, View(NOW), Focus()))
    targets: tuple[Node | Service, ...] = (*troubled().nodes, *troubled().services)
    for target in targets:
        assert target.reason in drawn
