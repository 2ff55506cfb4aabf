"""The processes on a node's GPUs as a table."""

from __future__ import annotations

from collections.abc import Iterator

from hydra_tui.core.claims import Holding
from hydra_tui.core.ledger import GpuLedger, Ledger
from hydra_tui.core.processes import Keeper
from hydra_tui.present import units
from hydra_tui.present.cells import Line, Run
from hydra_tui.present.roles import Role
from hydra_tui.present.table import Column, chosen, drawn, heading

Row = tuple[GpuLedger, Holding]

UNREADABLE = "not readable by our account"


def keeper_words(keeper: Keeper | None) -> str:
    """`ollama.service`, `docker 3f2a9c01b2d4`, `podman 3f2a9c01b2d4 in vllm.service`; a dash for none."""
    if keeper is None:
        return units.NOTHING
    unit = f"{keeper.unit} of a user" if keeper.unit and keeper.of_user else keeper.unit
    container = f"{keeper.runtime} {keeper.container}" if keeper.container else ""
    return " in ".join(filter(None, (container, unit)))


def process_lines(book: Ledger, note: str, cells: int) -> Iterator[Line]:
    """A heading and a row per process, the largest of each GPU first; else why there is none."""
    rows = [(each, holding) for each in book.gpus for holding in each.holdings or ()]
    if not rows:
        unknown = any(each.holdings is None for each in book.gpus)
        yield (Run(note or ("not known" if unknown else "none"), Role.MUTED),)
        return
    columns = chosen(_COLUMNS, cells)
    yield heading(columns, cells)
    for row in rows:
        yield drawn(columns, row, cells)


def _vram(row: Row) -> Line:
    return (Run(units.gib(row[1].process.vram_bytes, 6)), Run(" GiB", Role.MUTED))


def _user(row: Row) -> Line:
    return (Run(row[1].process.user or "?", Role.MUTED),)


def _belongs(row: Row) -> Line:
    process = row[1].process
    if not process.readable:
        return (Run(UNREADABLE, Role.MUTED),)
    return (
        Run(row[1].service or keeper_words(process.keeper), Role.STRONG if row[1].service else Role.TEXT),
    )


def _held_by(row: Row) -> Line:
    return (Run(keeper_words(row[1].process.keeper), Role.MUTED),)


def _command(row: Row) -> Line:
    process = row[1].process
    return (Run(process.command or process.name or units.NOTHING, Role.MUTED),)


_COLUMNS: tuple[Column[Row], ...] = (
    Column("gpu", 3, 0, lambda row: (Run(f"{row[0].gpu.index:>3}", Role.MUTED),)),
    Column("      vram", 10, 0, _vram),
    Column("    pid", 7, 1, lambda row: (Run(f"{row[1].process.pid:>7}"),)),
    Column("user", 10, 3, _user),
    Column("belongs to", 18, 0, _belongs),
    Column("held by", 22, 4, _held_by),
    Column("command", 16, 2, _command, stretch=True),
)
