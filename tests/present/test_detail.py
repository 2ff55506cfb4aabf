"""The page about one thing: all that is known of it, and nothing that is no longer so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hydra_tui.core.cluster import Cluster
from hydra_tui.core.models import Model, Residency, Route
from hydra_tui.core.quantity import Fact
from hydra_tui.core.state import State
from hydra_tui.present.cells import Run, plain, width
from hydra_tui.present.detail import detail
from hydra_tui.present.detail_node import node_lines
from hydra_tui.present.labelled import LABEL_CELLS, labelled
from hydra_tui.present.picture import Ref
from hydra_tui.present.roles import Role
from hydra_tui.present.view import View
from tests.clusters import NOW, hydra, troubled, with_node, with_service
from tests.present.extremes import EXTREMES, extreme

VIEW = View(NOW)


def page(cluster: Cluster, name: str, cells: int = 76, view: View = VIEW) -> list[str]:
    return [plain(line) for line in detail(cluster, Ref("service", name, name), cells, view)]


def line(lines: list[str], label: str) -> str:
    """What stands behind that label."""
    return next(each for each in lines if each.startswith(label))[LABEL_CELLS:].rstrip()


@pytest.mark.parametrize("cluster", EXTREMES)
def test_everything_in_every_cluster_has_a_page_with_its_name_on_top(cluster: str) -> None:
    known = extreme(cluster)
    names = [*(node.name for node in known.nodes), *(service.name for service in known.services[:20])]
    for name in names:
        lines = page(known, name)
        assert lines[0].startswith(name)
        assert line(lines, "state")


def test_what_has_gone_from_the_configuration_says_so() -> None:
    lines = detail(hydra(), Ref("gpu", "gone", "1"), 76, VIEW)
    assert [plain(each) for each in lines] == ["gone 1 is no longer there"]


def test_a_gpu_and_a_model_open_the_page_of_what_they_belong_to() -> None:
    assert plain(detail(hydra(), Ref("gpu", "hydra-ai", "1"), 76, VIEW)[0]).startswith("hydra-ai ")
    assert plain(detail(hydra(), Ref("model", "ollama", "qwen2.5:7b"), 76, VIEW)[0]).startswith("ollama ")


def test_a_long_reason_is_read_whole_and_in_one_column() -> None:
    reason = "the host key HAS CHANGED; if the machine was set up again, forget the old key with: " + "x" * 90
    lines = page(with_service(hydra(), "redis", State.DOWN, reason), "redis")
    first = next(place for place, each in enumerate(lines) if each.startswith("because"))
    told = [each for each in lines[first : first + 4] if not each.startswith("read")]
    assert "".join("".join(each[LABEL_CELLS:] for each in told).split()) == "".join(reason.split())
    assert all(len(each) <= 76 for each in told)
    assert all(not each[:LABEL_CELLS].strip() for each in told[1:])


def test_a_state_lasts_since_it_began() -> None:
    assert line(page(troubled(), "ollama"), "state") == "✖ down for 20 s"


def test_what_is_too_old_does_not_claim_for_how_long_it_is_unknown() -> None:
    lines = page(hydra(), "redis", view=View(NOW + 100))
    assert line(lines, "state") == "○ unknown"
    assert line(lines, "because") == "no reading for 102 s; it was up then"
    assert line(lines, "read") == "1 min ago, every 5 s"


def test_what_was_never_asked_says_so() -> None:
    fresh = replace(hydra().services[0], at=None, since=None, state=State.UNKNOWN, reason="not asked yet")
    lines = page(replace(hydra(), services=(fresh,)), fresh.name)
    assert line(lines, "state") == "○ unknown"
    assert line(lines, "because") == "not asked yet"
    assert line(lines, "read").startswith("not yet")


@pytest.mark.parametrize("label", ["a", "x" * 15, "x" * 16, "x" * 40, "計算機" * 5])
def test_a_label_of_any_length_leaves_a_gap_before_its_value(label: str) -> None:
    shown = labelled(label, Run("value"))
    assert width(shown[:1]) == LABEL_CELLS
    assert plain(shown).endswith(" value")


def test_a_route_with_a_long_alias_does_not_run_into_its_model() -> None:
    route = Route("claude-3.5-sonnet-latest", "openai/llama", None)
    gateway = replace(hydra().services[0], routes=(route,))
    lines = page(replace(hydra(), services=(gateway,)), gateway.name)
    assert "claude-3.5-son… openai/llama  at —" in lines


def test_a_bad_fact_stands_out() -> None:
    sick = replace(hydra().services[0], facts=(Fact("evicted_keys", 7, bad=True), Fact("keys", 9)))
    lines = detail(replace(hydra(), services=(sick,)), Ref("service", sick.name, sick.name), 76, VIEW)
    roles = {plain(each[:1]).strip(): each[1].role for each in lines if len(each) > 1}
    assert (roles["evicted keys"], roles["keys"]) == (Role.WARN, Role.TEXT)


@pytest.mark.parametrize(
    ("expires_at", "words"),
    [
        (NOW + 240, "8192 tokens of context, unloads at 13:07:22 when idle"),
        (float("inf"), "8192 tokens of context, stays loaded"),
        (None, "8192 tokens of context"),
    ],
)
def test_a_loaded_model_says_until_when(expires_at: float | None, words: str) -> None:
    model = Model("qwen", Residency.LOADED, context_tokens=8192, expires_at=expires_at)
    engine = replace(hydra().services[2], models=(model,))
    assert f"    {words}" in page(replace(hydra(), services=(engine,)), engine.name)


def test_a_node_page_lists_its_services_with_a_gap_behind_long_names() -> None:
    long = replace(troubled().services[2], name="a-very-long-name-of-a-service")
    lines = page(replace(troubled(), services=(long,)), "hydra-compute")
    assert any("a-very-long-na… connection refused" in each for each in lines)


def test_a_node_without_gpus_says_what_its_driver_said() -> None:
    assert "nvidia-smi is not installed" in page(hydra(), "hydra-storage")


def test_a_node_page_says_where_its_numbers_come_from_and_how_old_they_are() -> None:
    known = replace(hydra(), nodes=(replace(hydra().nodes[0], source="prometheus"),))
    lines = page(known, "hydra-ai", view=View(NOW + 20))
    assert line(lines, "source") == "prometheus   measured 21 s ago"


def test_a_node_that_never_answered_says_where_its_numbers_would_come_from() -> None:
    node = replace(hydra().nodes[0], source="ssh", sample=None, gpu_utilisation=())
    assert line(page(replace(hydra(), nodes=(node,)), node.name), "source") == "ssh"


def test_a_node_that_never_answered_has_no_numbers_on_its_page() -> None:
    node = replace(hydra().nodes[0], sample=None, gpu_utilisation=())
    assert not any("GiB" in plain(each) for each in node_lines(replace(hydra(), services=()), node, 76, VIEW))


def test_the_last_events_about_it_are_the_newest_first() -> None:
    known = hydra()
    for second in range(20):
        known = with_service(known, "redis", State.DOWN, f"number {second}")
    lines = page(known, "redis")
    told = lines[lines.index("EVENTS") + 1 :]
    assert [each.split()[-1] for each in told] == [str(second) for second in range(19, 7, -1)]


def test_a_node_that_went_away_says_why() -> None:
    gone = with_node(hydra(), "hydra-ai", State.DOWN, "no answer from hydra-ai:22 within 10 s")
    assert line(page(gone, "hydra-ai"), "because") == "no answer from hydra-ai:22 within 10 s"
