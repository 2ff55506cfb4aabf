"""A host that is sampled and a service that is probed, as targets."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from hydra_tui.core.errors import ConnectionLost, TargetError
from hydra_tui.core.host import HostCounters
from hydra_tui.core.inventory import InventoryEntry
from hydra_tui.core.models import Model
from hydra_tui.core.readings import Findings
from hydra_tui.engine.target import Pace
from hydra_tui.engine.watched import WatchedNode, WatchedService
from tests.engine.targets import node, service

LOOKS = [
    HostCounters(100.0, cpu_busy_jiffies=10, cpu_total_jiffies=100, received_bytes=1000),
    HostCounters(102.0, cpu_busy_jiffies=60, cpu_total_jiffies=200, received_bytes=5000),
    HostCounters(112.0, cpu_busy_jiffies=70, cpu_total_jiffies=300, received_bytes=6000),
]


@dataclass
class Counters:
    """A host that gives these counters or errors, one after the other."""

    looks: list[HostCounters | TargetError]
    done: list[str] = field(default_factory=list)
    stuck: bool = False

    async def next(self) -> HostCounters:
        look = self.looks.pop(0)
        if isinstance(look, TargetError):
            raise look
        return look

    async def close(self) -> None:
        self.done.append("source")
        if self.stuck:
            raise OSError("already gone")

    async def release(self) -> None:
        self.done.append("connection")


@dataclass
class Adapter:
    """A service that was found so."""

    found: Findings
    closed: int = 0

    async def probe(self) -> Findings:
        return self.found

    async def close(self) -> None:
        self.closed += 1


async def test_two_looks_at_a_host_give_rates() -> None:
    target = WatchedNode(node("hydra-ai"), Counters([*LOOKS]))
    first, second = await target.look(), await target.look()
    assert (first.cpu_percent, first.received_bytes_per_s) == (None, None)
    assert (second.cpu_percent, second.received_bytes_per_s) == (50.0, 2000.0)


async def test_after_a_failed_look_rates_reach_back_to_the_last_good_one() -> None:
    target = WatchedNode(node("hydra-ai"), Counters([LOOKS[1], ConnectionLost("gone"), LOOKS[2]]))
    await target.look()
    with pytest.raises(ConnectionLost):
        await target.look()
    assert (await target.look()).received_bytes_per_s == 100.0


def test_a_host_paces_itself_and_may_connect_before_its_first_sample() -> None:
    assert WatchedNode(node("hydra-ai"), Counters([])).pace == Pace(0.0, 18.0, 30.0)


async def test_a_host_is_let_go_before_the_connection_under_it() -> None:
    source = Counters([])
    await WatchedNode(node("hydra-ai"), source, source.release).close()
    assert source.done == ["source", "connection"]


async def test_a_host_that_cannot_be_closed_does_not_keep_its_connection() -> None:
    source = Counters([], stuck=True)
    with pytest.raises(OSError, match="already gone"):
        await WatchedNode(node("hydra-ai"), source, source.release).close()
    assert source.done == ["source", "connection"]


async def test_a_host_without_a_connection_of_its_own_is_only_closed() -> None:
    source = Counters([])
    await WatchedNode(node("hydra-ai"), source).close()
    assert source.done == ["source"]


@pytest.mark.parametrize(
    ("models", "shown"),
    [
        (None, None),
        ((), ()),
        (
            (Model("qwen"), Model("other")),
            (Model("qwen", format="GGUF", use_case="Fast"), Model("other")),
        ),
    ],
)
async def test_models_of_a_service_are_completed_from_the_inventory(
    models: tuple[Model, ...] | None, shown: tuple[Model, ...] | None
) -> None:
    found = Findings("1.0", models=models, reason="well")
    inventory = {"qwen": InventoryEntry("qwen", "GGUF", use_case="Fast")}
    target = WatchedService(service("ollama"), Adapter(found), 5.0, inventory)
    assert await target.look() == replace(found, models=shown)


def test_a_service_is_looked_at_at_its_interval_and_never_left_for_longer() -> None:
    target = WatchedService(service("ollama"), Adapter(Findings()), 4.0, {})
    assert target.pace == Pace(interval_s=5.0, timeout_s=9.0, longest_pause_s=5.0)


async def test_closing_a_service_closes_its_adapter() -> None:
    adapter = Adapter(Findings())
    await WatchedService(service("ollama"), adapter, 5.0, {}).close()
    assert adapter.closed == 1
