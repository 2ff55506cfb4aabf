"""`hydra-tui status` in words: a line a target, whatever the cluster."""

from __future__ import annotations

import pytest

from hydra_tui.core.cluster import Node, Service
from hydra_tui.present.cells import plain
from hydra_tui.present.summary import summary
from tests.clusters import hydra, troubled
from tests.present.extremes import EXTREMES, LONG_NOTICE, extreme


@pytest.mark.parametrize("cluster", EXTREMES)
def test_every_target_has_a_line_with_its_state_and_reason(cluster: str) -> None:
    known = extreme(cluster)
    lines = [plain(line) for line in summary(known)]
    targets: tuple[Node | Service, ...] = (*known.nodes, *known.services)
    for target in targets:
        wanted = f" {target.name} "
        found = next(line for line in lines[1:] if wanted in f"{line} ")
        assert target.state.value in found
        assert target.reason in found


def test_states_stand_in_one_column() -> None:
    rows = [line for line in map(plain, summary(troubled())) if line[:2] in ("● ", "✖ ", "◐ ", "▲ ", "◇ ")]
    column = len("● ") + len("hydra-compute") + 2
    assert len(rows) == len(troubled().nodes) + len(troubled().services)
    assert {row[column:].split()[0] for row in rows} == {"up", "down", "busy", "degraded", "unauthorised"}


def test_a_notice_stands_below_the_header() -> None:
    assert [plain(line) for line in summary(extreme("empty"))][2] == LONG_NOTICE


def test_gauges_of_gpus_stand_behind_their_node() -> None:
    first = next(plain(line) for line in summary(hydra()) if "hydra-ai" in plain(line))
    assert "gpu 0 ━" in first
    assert "gpu 1 ━" in first
