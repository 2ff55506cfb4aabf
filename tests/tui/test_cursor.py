"""The cursor: it can reach whatever is there, and what it is on is on the screen."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hydra_tui.core.cluster import Cluster
from hydra_tui.core.host import HostSample
from hydra_tui.core.state import State
from hydra_tui.present.focus import PANES, Focus
from hydra_tui.present.overview import WIDE_CELLS, overview
from hydra_tui.present.picture import Ref
from hydra_tui.present.view import View
from hydra_tui.tui.cursor import other_pane, pane_of, refs, step
from tests.clusters import NOW, gpu, hydra, series, troubled
from tests.present.extremes import EXTREMES, extreme

VIEW = View(NOW)
A, B, C = (Ref("service", name, name) for name in "abc")


def reachable(cluster: Cluster, focus: Focus, *, brief: bool = False, view: View = VIEW) -> list[Ref]:
    return refs(cluster, focus, view, brief=brief)


@pytest.mark.parametrize(
    ("cursor", "by", "there"),
    [
        (None, 0, A),
        (None, 1, A),
        (Ref("service", "gone", "gone"), 1, A),
        (A, 0, A),
        (A, 1, B),
        (A, -1, A),
        (B, -1, A),
        (C, 1, C),
        (A, 10, C),
        (C, -10, A),
    ],
)
def test_a_step_holds_at_the_ends_and_begins_anew_where_nothing_is_known(
    cursor: Ref | None, by: int, there: Ref
) -> None:
    assert step([A, B, C], cursor, by) == there


def test_there_is_nowhere_to_go_among_nothing() -> None:
    assert step([], A, 1) is None
    assert step([], None, 0) is None


@pytest.mark.parametrize(
    ("pane", "by", "there"),
    [("nodes", 1, "services"), ("events", 1, "nodes"), ("nodes", -1, "events"), ("models", -1, "services")],
)
def test_panes_go_round_and_the_cursor_is_found_anew(pane: str, by: int, there: str) -> None:
    moved = other_pane(Focus(pane, A, zoomed=True, filter="x"), by)
    assert moved == Focus(there, None, zoomed=True, filter="x")


@pytest.mark.parametrize(
    ("sort", "pane"), [("node", "nodes"), ("gpu", "nodes"), ("service", "services"), ("model", "models")]
)
def test_everything_that_can_be_pointed_at_is_in_a_pane(sort: str, pane: str) -> None:
    assert pane_of(Ref(sort, "a", "b")) == pane
    assert pane in PANES


def test_a_gpu_comes_behind_its_node_under_its_driver_s_number() -> None:
    known = hydra()
    cards = (gpu(3, "RTX 4090", 24_564, 1.0), gpu(7, "RTX 4090", 24_564, 1.0))
    sample = HostSample(at=NOW - 1, gpus=cards)
    first = replace(known.nodes[0], sample=sample, gpu_utilisation=(series(), series()))
    found = reachable(replace(known, nodes=(first,)), Focus("nodes"))
    assert [ref.name for ref in found] == ["hydra-ai", "3", "7"]


@pytest.mark.parametrize("view", [View(NOW), View(NOW + 60)])
@pytest.mark.parametrize("state", [State.UP, State.DOWN])
def test_the_gpus_of_a_node_that_cannot_be_read_cannot_be_reached(state: State, view: View) -> None:
    known = replace(hydra(), nodes=(replace(hydra().nodes[0], state=state),))
    read = state is State.UP and view.now == NOW
    sorts = [ref.sort for ref in reachable(known, Focus("nodes"), view=view)]
    assert sorts == (["node", "gpu", "gpu"] if read else ["node"])


def test_services_are_reached_in_the_order_of_layers() -> None:
    names = [ref.name for ref in reachable(hydra(), Focus("services"))]
    assert names[:3] == ["open-webui", "sillytavern", "litellm"]


def test_in_a_brief_pane_the_services_that_are_not_well_come_first() -> None:
    names = [ref.name for ref in reachable(troubled(), Focus("services"), brief=True)]
    assert names[:5] == ["ollama", "comfyui", "qdrant", "miniflux", "open-webui"]
    assert len(names) == len(troubled().services)


def test_a_brief_pane_has_only_the_models_in_memory() -> None:
    focus = Focus("models")
    assert {ref.name for ref in reachable(hydra(), focus, brief=True)} == {
        "Llama-3.3-70B-Instruct",
        "qwen2.5:7b",
    }
    assert len(reachable(hydra(), focus)) == 4


def test_what_a_filter_hides_cannot_be_reached() -> None:
    assert reachable(hydra(), Focus("services", filter="REDIS")) == [Ref("service", "redis", "redis")]
    assert reachable(hydra(), Focus("nodes", filter="no such thing")) == []
    assert reachable(troubled(), Focus("events")) == []


@pytest.mark.parametrize("cluster", EXTREMES)
@given(
    cells=st.sampled_from([80, 109, 110, 160, 200, 260]),
    rows=st.integers(22, 78),
    pane=st.sampled_from(PANES),
    zoomed=st.booleans(),
    place=st.integers(0, 400),
)
@settings(deadline=None, max_examples=10)
def test_what_the_cursor_is_on_is_on_the_screen(
    cluster: str, cells: int, rows: int, pane: str, zoomed: bool, place: int
) -> None:
    known, focus = extreme(cluster), Focus(pane, zoomed=zoomed)
    there = reachable(known, focus, brief=cells < WIDE_CELLS and not zoomed)
    cursor = there[place % len(there)] if there else None
    picture = overview(known, cells, rows, VIEW, replace(focus, cursor=cursor))
    assert cursor is None or picture.spot(cursor) is not None
    in_pane = [ref for ref, _ in picture.spots if pane_of(ref) == pane]
    assert [ref for ref in there if ref in set(in_pane)] == in_pane
