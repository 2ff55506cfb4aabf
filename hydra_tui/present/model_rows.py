"""Models: what is loaded where, and what could be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hydra_tui.core.cluster import Cluster, Service
from hydra_tui.core.models import Model, Residency
from hydra_tui.core.routes import aliases
from hydra_tui.core.state import State
from hydra_tui.present import units
from hydra_tui.present.cells import Line, Run, text_width
from hydra_tui.present.picture import Picture, Ref, row, stacked
from hydra_tui.present.roles import STATE_ROLES, Role
from hydra_tui.present.table import GAP, Column, chosen, drawn
from hydra_tui.present.view import View

_STATES = {
    Residency.LOADED: State.UP,
    Residency.LOADING: State.BUSY,
    Residency.UNKNOWN: State.UNKNOWN,
}
_ORDER = (Residency.LOADED, Residency.LOADING, Residency.UNKNOWN, Residency.UNLOADED)


NAME_LEAST = 24
WHERE_CELLS = 17
SIZE_CELLS = 11


@dataclass(frozen=True, slots=True)
class ModelRow:
    """A model with what stands around it."""

    model: Model
    service: Service
    aliases: tuple[str, ...]

    @property
    def where(self) -> str:
        """`hydra-ai 0+1`: the node, and the GPUs its engine was given."""
        gpus = "+".join(map(str, self.service.gpus))
        return f"{self.service.node or self.service.name} {gpus}".strip()


def model_rows(cluster: Cluster) -> list[ModelRow]:
    """Every model of every engine; what is in memory comes first."""
    rows = [
        ModelRow(model, service, aliases(cluster, service, model))
        for service in cluster.services
        for model in service.models
    ]
    return sorted(rows, key=lambda each: _ORDER.index(each.model.residency))


def _mark(each: ModelRow, view: View) -> Line:
    state = _STATES.get(each.model.residency)
    name = Run(each.model.name, Role.MUTED if state in (None, State.UNKNOWN) else Role.STRONG)
    if state is None:
        return (Run("  "), name)
    return (Run(view.glyphs.states[state], STATE_ROLES[state]), Run(" "), name)


def _kind(each: ModelRow) -> Line:
    words = (each.model.format, each.model.quantisation)
    return (Run(" ".join(word for word in words if word), Role.MUTED),)


def _size(each: ModelRow) -> Line:
    """Memory while it is loaded, else what it takes on disk."""
    if each.model.residency is Residency.LOADED and each.model.vram is not None:
        return (Run(units.amount(each.model.vram)), Run(" GiB", Role.MUTED))
    return (Run(units.amount(each.model.disk), Role.MUTED), Run(" disk", Role.MUTED))


def model_columns(rows: Sequence[ModelRow], cells: int, view: View) -> tuple[Column[ModelRow], ...]:
    """The columns of these rows: a name has the room it needs, as long as place and size have theirs."""
    longest = 2 + max((text_width(each.model.name) for each in rows), default=0)
    name = min(longest, max(NAME_LEAST, cells - WHERE_CELLS - SIZE_CELLS - 2 * GAP))
    return (
        Column("  MODEL", name, 0, lambda each: _mark(each, view), stretch=True),
        Column("FORMAT", 12, 4, _kind),
        Column("WHERE", WHERE_CELLS, 2, lambda each: (Run(each.where),)),
        Column("       SIZE", SIZE_CELLS, 1, _size),
        Column("ALIASES", 14, 3, lambda each: (Run(" ".join(each.aliases), Role.ACCENT),)),
        Column("USE CASE", 24, 6, lambda each: (Run(each.model.use_case, Role.MUTED),)),
    )


def models_picture(rows: Sequence[ModelRow], cells: int, view: View) -> Picture:
    """A row a model."""
    columns = chosen(model_columns(rows, cells, view), cells)
    return stacked(
        [
            row(Ref("model", each.service.name, each.model.name), drawn(columns, each, cells), cells)
            for each in rows
        ]
    )


def in_memory(rows: Sequence[ModelRow]) -> list[ModelRow]:
    """Those that hold memory, or may."""
    return [each for each in rows if each.model.residency is not Residency.UNLOADED]
