"""The operator's inventory fills gaps, and nothing but gaps."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hydra_tui.core.inventory import InventoryEntry, enrich
from hydra_tui.core.models import Model
from hydra_tui.core.quantity import Amount, Origin

FULL = InventoryEntry("llama", "EXL2", "4.0bpw", 35_000_000_000, "General")
FILLED = Model(
    "llama",
    format="EXL2",
    quantisation="4.0bpw",
    disk=Amount(35_000_000_000, Origin.CLAIMED),
    use_case="General",
)
OWN = Model("llama", format="EXL3", quantisation="3.5bpw", disk=Amount(31, Origin.MEASURED))


@pytest.mark.parametrize(
    ("model", "entry", "after"),
    [
        (Model("llama"), FULL, FILLED),
        (OWN, FULL, replace(OWN, use_case="General")),
        (Model("llama", format="EXL3"), InventoryEntry("llama"), Model("llama", format="EXL3")),
        (Model("llama"), InventoryEntry("llama", size_bytes=0), Model("llama")),
        (Model("qwen"), FULL, Model("qwen")),
    ],
)
def test_an_engine_is_believed_before_the_inventory(
    model: Model, entry: InventoryEntry, after: Model
) -> None:
    assert enrich([model], {entry.name: entry}) == (after,)


def test_a_model_that_the_engine_does_not_list_is_not_invented() -> None:
    assert enrich([], {"llama": FULL}) == ()


def test_models_keep_their_order() -> None:
    models = [Model("b"), Model("llama"), Model("a")]
    assert [model.name for model in enrich(models, {"llama": FULL})] == ["b", "llama", "a"]
