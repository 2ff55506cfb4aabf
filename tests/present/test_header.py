"""The header fits every width, and what is wrong is the last thing it stops saying."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from hydra_tui.core.cluster import Cluster, Node, Service
from hydra_tui.core.state import State
from hydra_tui.present.cells import plain, width
from hydra_tui.present.header import header
from hydra_tui.present.view import View
from tests.clusters import NOW, hydra, troubled
from tests.present.extremes import EXTREMES, extreme

WIDTHS = range(20, 241)
VIEW = View(NOW)


def shown(cluster: Cluster, cells: int, view: View = VIEW) -> str:
    return plain(header(cluster, cells, view))


def in_state(cluster: Cluster, state: State) -> int:
    targets: tuple[Node | Service, ...] = (*cluster.nodes, *cluster.services)
    return sum(target.state is state for target in targets)


def counted(text: str, glyph: str) -> int:
    return sum(map(int, re.findall(f"{glyph}(\\d+)", text)))


@pytest.mark.parametrize("cluster", EXTREMES)
def test_the_header_fills_every_width_exactly(cluster: str) -> None:
    known = replace(extreme(cluster), simulated=True)
    assert [width(header(known, cells, VIEW)) for cells in WIDTHS] == list(WIDTHS)


@pytest.mark.parametrize("cluster", ["troubled", "300 services", "300 services, all down"])
@pytest.mark.parametrize("simulated", [False, True])
@pytest.mark.parametrize("name", ["hydra", "x" * 63])
def test_what_is_down_is_counted_at_every_width(cluster: str, simulated: bool, name: str) -> None:
    known = replace(extreme(cluster), simulated=simulated, name=name)
    down = in_state(known, State.DOWN)
    assert {counted(shown(known, cells), "✖") for cells in WIDTHS} == {down}


def test_every_other_trouble_is_counted_as_long_as_anything_calm_is_said() -> None:
    for cells in WIDTHS:
        line = shown(troubled(), cells)
        if re.search(r"hydra|VRAM|node|\d:\d", line):
            for glyph in "◇▲◐":
                assert counted(line, glyph) == 1


@pytest.mark.parametrize(("cells", "line"), [(12, " ✖2 ◇1 ▲1 ◐1"), (9, " ✖2 ◇1 ▲…"), (8, " ✖2 ◇1 …")])
def test_with_hardly_any_room_only_the_trouble_is_left_the_worst_first(cells: int, line: str) -> None:
    assert shown(troubled(), cells) == line


def test_the_badge_goes_before_nodes_and_services_are_no_longer_told_apart() -> None:
    line = shown(replace(troubled(), simulated=True), 40)
    assert line.rstrip() == "3 nodes ✖1  18 services ✖1 ◇1 ▲1 ◐1"


def test_what_matters_least_goes_first() -> None:
    known = replace(hydra(), simulated=True)
    order = ("age", "of 83.8", "VRAM", "13:03:22", "SIMULATED", "services")
    least = [min(cells for cells in WIDTHS if word in shown(known, cells)) for word in order]
    assert least == sorted(least, reverse=True)


def test_what_a_node_held_before_it_went_away_is_no_vram_in_use() -> None:
    assert "VRAM  58.3 of 83.8 GiB " in shown(hydra(), 120)
    assert "VRAM  45.0 of 55.8 GiB (partial)" in shown(troubled(), 120)
    assert "VRAM" not in shown(hydra(), 120, View(NOW + 60))


def test_what_is_too_old_counts_as_unknown() -> None:
    assert "3 nodes ○3   18 services ○18" in shown(hydra(), 120, View(NOW + 60))


def test_a_cluster_of_nothing_has_a_name_and_the_time() -> None:
    assert shown(Cluster("empty", NOW), 40).split() == ["empty", "13:03:22"]
