"""Nodes and GPUs in rows: one column a number, whatever the number."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from hydra_tui.core.cluster import Node
from hydra_tui.core.state import State
from hydra_tui.present.cells import plain, width
from hydra_tui.present.node_rows import gpu_row, host_row, name_cells, node_height, node_picture
from hydra_tui.present.roles import Role
from hydra_tui.present.view import View
from tests.clusters import NOW, gpu, host, hydra, node, series
from tests.present.extremes import EXTREMES, extreme

VIEW = View(NOW)
SIZES = [59, 78, 87, 118, 160]


def lines(known: Node, cells: int, view: View = VIEW) -> list[str]:
    picture = node_picture(known, cells, view, name_cells((known,)))
    return [plain(line) for line in picture.lines]


@pytest.mark.parametrize("cluster", EXTREMES)
def test_every_row_has_exactly_its_cells_and_a_spot(cluster: str) -> None:
    nodes = extreme(cluster).nodes[:5]
    for known, cells in product(nodes, SIZES):
        picture = node_picture(known, cells, VIEW, name_cells(nodes))
        assert {width(line) for line in picture.lines} == {cells}
        assert len(picture.spots) == picture.height == node_height(known, VIEW)


@pytest.mark.parametrize("cells", SIZES)
def test_numbers_of_any_size_stay_in_their_columns(cells: int) -> None:
    small = node("same", host(0.01, 0.1, (0.1, 1.0), 1))
    large = node("same", host(99_999, 16.6, (3000.0, 4000.0), 100))
    first, second = lines(small, cells)[0], lines(large, cells)[0]
    for label in ("up ", "cpu ", "load ", "ram ", "disk ", "↓ "):
        assert first.find(label) == second.find(label)


@pytest.mark.parametrize("cells", SIZES)
def test_gpus_of_any_size_have_gauges_of_one_length(cells: int) -> None:
    nothing = replace(gpu(0, "RTX", 0, 0), vram_used_bytes=None, vram_total_bytes=None, power_w=None)
    cards = [gpu(0, "RTX", 32_607, 26.1), gpu(10, "RTX", 196_608, 192.0, power_w=1000.0), nothing]
    rows = [plain(gpu_row(card, series(), cells, VIEW, 16)) for card in cards]
    assert {row.index("━") for row in rows} == {18}
    assert len({row.rindex("━") for row in rows}) == 1
    assert len({row.index(" / ") for row in rows}) == 1


@pytest.mark.parametrize(
    ("state", "age", "words"),
    [
        (State.DOWN, 1.0, "no answer within 10 s"),
        (State.UNAUTHORISED, 1.0, "no answer within 10 s"),
        (State.UNKNOWN, 1.0, "no answer within 10 s"),
        (State.UP, 60.0, "◷ no reading for 60 s; it was up then"),
    ],
)
def test_a_node_that_cannot_be_read_says_why_and_shows_no_number_of_the_past(
    state: State, age: float, words: str
) -> None:
    reason = "" if state is State.UP else "no answer within 10 s"
    known = replace(hydra().nodes[0], state=state, reason=reason, at=NOW - age)
    (only,) = lines(known, 118)
    assert words in only
    assert "GiB" not in only


def test_a_node_without_a_gpu_is_one_row() -> None:
    (only,) = lines(hydra().nodes[2], 78)
    assert "hydra-storage" in only


@pytest.mark.parametrize(
    ("used", "role"), [(84.9, Role.TEXT), (85.0, Role.WARN), (94.9, Role.WARN), (95.0, Role.CRIT)]
)
def test_the_fullest_disk_is_alarming_from_85_and_95_percent(used: float, role: Role) -> None:
    row = host_row(node("a", host(1, 1, (1, 2), used)), 118, VIEW, 10)
    shown = next(run for run, label in zip(row[1:], row, strict=False) if label.text == "disk ")
    assert shown.role is role


@pytest.mark.parametrize(
    ("celsius", "role"), [(None, Role.TEXT), (82.9, Role.TEXT), (83.0, Role.WARN), (90.0, Role.CRIT)]
)
def test_a_gpu_is_hot_from_83_and_90_degrees(celsius: float | None, role: Role) -> None:
    row = gpu_row(gpu(0, "RTX", 1000, 0.5, temperature_c=celsius), series(), 118, VIEW, 16)
    wanted = "—" if celsius is None else f"{celsius:.0f} °C"
    assert [run.role for run in row if run.text.strip() == wanted][:1] == [role]


def test_the_name_column_is_as_wide_as_the_longest_name_within_reason() -> None:
    assert name_cells(()) == 10
    assert name_cells(hydra().nodes) == 2 + len("hydra-compute")
    assert name_cells(extreme("names of 60 characters").nodes) == 28
