"""What the operator knows of a model and its engine does not say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from hydra_tui.core.models import Model
from hydra_tui.core.quantity import Amount, Origin


@dataclass(frozen=True, slots=True)
class InventoryEntry:
    """A line of the configuration's model inventory."""

    name: str
    format: str | None = None
    quantisation: str | None = None
    size_bytes: int | None = None
    use_case: str = ""


def enrich(models: Sequence[Model], inventory: Mapping[str, InventoryEntry]) -> tuple[Model, ...]:
    """The models with their gaps filled from the inventory; what an engine says always wins."""
    return tuple(_fill(model, inventory.get(model.name)) for model in models)


def _fill(model: Model, entry: InventoryEntry | None) -> Model:
    if entry is None:
        return model
    size = Amount(entry.size_bytes, Origin.CLAIMED) if entry.size_bytes else None
    return replace(
        model,
        format=model.format or entry.format,
        quantisation=model.quantisation or entry.quantisation,
        disk=model.disk or size,
        use_case=entry.use_case,
    )
