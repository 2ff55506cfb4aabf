"""The VRAM ledger as a table: in use, by processes, claimed, and the rest that nothing explains."""

from __future__ import annotations

from collections.abc import Iterator

from hydra_tui.core.claims import Claim
from hydra_tui.core.gpu import short_name
from hydra_tui.core.ledger import GpuLedger, Grade, Ledger
from hydra_tui.core.ledger_remarks import remarks
from hydra_tui.core.quantity import Amount, Origin
from hydra_tui.present import units
from hydra_tui.present.cells import Line, Run, wrapped
from hydra_tui.present.roles import Role
from hydra_tui.present.table import Column, chosen, drawn, heading

_GRADES = {Grade.NOTE: Role.MUTED, Grade.WARNING: Role.WARN, Grade.CONTRADICTION: Role.CRIT}

_INDENT = "    "


def ledger_lines(book: Ledger, cells: int) -> Iterator[Line]:
    """A row per GPU, under it what is claimed, and at the end what an operator should know."""
    if not book.gpus:
        yield (Run("none", Role.MUTED),)
        return
    columns = chosen(_COLUMNS, cells)
    yield heading(columns, cells)
    for each in book.gpus:
        yield drawn(columns, each, cells)
        yield from (_claim(claim) for claim in each.claims)
    for remark in remarks(book):
        role = _GRADES[remark.grade]
        yield from ((Run(line, role),) for line in wrapped(remark.words, cells))


def _claim(claim: Claim) -> Line:
    """`    › 8.1 GiB  ollama  qwen2.5:7b`; what is not known stands as a dash, with the reason behind."""
    part = (Run(f"{_INDENT}{units.amount(claim.here, 7)}"), Run(" GiB  ", Role.MUTED))
    return (*part, Run(claim.service, Role.STRONG), Run(f"  {claim.model}"), Run(_whole(claim), Role.MUTED))


def _whole(claim: Claim) -> str:
    if claim.whole is None:
        return "  its engine does not say how much"
    return "" if claim.here == claim.whole else f"  of {units.amount(claim.whole, 0)} GiB on all its GPUs"


def _name(each: GpuLedger) -> Line:
    return (Run(f"{each.gpu.index} ", Role.MUTED), Run(short_name(each.gpu.name)))


def _claimed(each: GpuLedger) -> Line:
    if each.by_claims_bytes is None:
        return _size(None)
    origins = {claim.here.origin for claim in each.claims if claim.here is not None}
    origin = Origin.ESTIMATED if Origin.ESTIMATED in origins else Origin.CLAIMED
    shown = units.amount(Amount(each.by_claims_bytes, origin), 8)
    return (Run(shown), Run(" GiB", Role.MUTED))


def _rest(each: GpuLedger) -> Line:
    return _size(each.unexplained_bytes, Role.WARN if each.suspicious else Role.TEXT)


def _size(value: int | None, role: Role = Role.TEXT) -> Line:
    return (Run(units.gib(value, 8), role), Run(" GiB", Role.MUTED))


_COLUMNS: tuple[Column[GpuLedger], ...] = (
    Column("gpu", 20, 0, _name),
    Column("      in use", 12, 0, lambda each: _size(each.used_bytes)),
    Column("by processes", 12, 1, lambda each: _size(each.by_processes_bytes)),
    Column("     claimed", 12, 2, _claimed),
    Column(" unexplained", 12, 0, _rest),
)
