"""Processes and the VRAM ledger as JSON."""

from __future__ import annotations

from typing import Any

from hydra_tui.core.claims import Claim, Holding
from hydra_tui.core.ledger import GpuLedger, Ledger
from hydra_tui.core.ledger_remarks import remarks

Record = dict[str, Any]


def processes_record(each: GpuLedger) -> list[Record] | None:
    """Who holds memory on one GPU; null when that is not known."""
    return None if each.holdings is None else [_process(holding) for holding in each.holdings]


def ledger_record(book: Ledger) -> Record:
    """The sums of every GPU, and what follows from them."""
    return {
        "gpus": [_gpu(each) for each in book.gpus],
        "remarks": [{"grade": remark.grade.value, "words": remark.words} for remark in remarks(book)],
    }


def _process(holding: Holding) -> Record:
    process, keeper = holding.process, holding.process.keeper
    return {
        "pid": process.pid,
        "name": process.name,
        "vram_bytes": process.vram_bytes,
        "readable": process.readable,
        "user": process.user,
        "command": process.command,
        "unit": keeper.unit or None if keeper else None,
        "user_unit": keeper.of_user if keeper else False,
        "container": keeper.container or None if keeper else None,
        "runtime": keeper.runtime or None if keeper else None,
        "service": holding.service or None,
    }


def _gpu(each: GpuLedger) -> Record:
    return {
        "index": each.gpu.index,
        "uuid": each.gpu.uuid,
        "used_bytes": each.used_bytes,
        "by_processes_bytes": each.by_processes_bytes,
        "by_claims_bytes": each.by_claims_bytes,
        "unexplained_bytes": each.unexplained_bytes,
        "suspicious": each.suspicious,
        "claims": [_claim(claim) for claim in each.claims],
    }


def _claim(claim: Claim) -> Record:
    return {
        "service": claim.service,
        "model": claim.model,
        "vram_bytes": claim.here.value if claim.here else None,
        "vram_origin": claim.here.origin.value if claim.here else None,
        "whole_bytes": claim.whole.value if claim.whole else None,
        "whole_origin": claim.whole.origin.value if claim.whole else None,
    }
