"""The VRAM ledger: what engines claim of each GPU beside what its driver measures per process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from hydra_tui.core.attribution import service_of
from hydra_tui.core.claims import Claim, Holding, claims_on
from hydra_tui.core.cluster import Node, Service
from hydra_tui.core.gpu import Gpu
from hydra_tui.core.processes import GpuProcess

SMALL_BYTES = 2**30
"""A rest below this is contexts and the driver's own: not worth a word."""


class Grade(StrEnum):
    """How much a remark matters."""

    NOTE = "note"
    """What is not known."""
    WARNING = "warning"
    CONTRADICTION = "contradiction"
    """An engine says what the driver denies."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What an operator should know of a ledger, in words."""

    grade: Grade
    words: str


@dataclass(frozen=True, slots=True)
class GpuLedger:
    """One GPU: in use, and by whom. `None` is "not known"."""

    gpu: Gpu
    holdings: tuple[Holding, ...] | None
    claims: tuple[Claim, ...]

    @property
    def used_bytes(self) -> int | None:
        """As the driver measures the whole."""
        return self.gpu.vram_used_bytes

    @property
    def by_processes_bytes(self) -> int | None:
        """As the driver measures per process, over those of which it says how much."""
        if self.holdings is None or (self.holdings and self.unsized == len(self.holdings)):
            return None
        return sum(each.process.vram_bytes or 0 for each in self.holdings)

    @property
    def by_claims_bytes(self) -> int | None:
        """What the engines say; `None` when none says how much it has here."""
        parts = [claim.here.value for claim in self.claims if claim.here is not None]
        return sum(parts) if parts else None

    @property
    def unsized(self) -> int:
        """Processes of which the driver does not say how much they hold."""
        return sum(each.process.vram_bytes is None for each in self.holdings or ())

    @property
    def unexplained_bytes(self) -> int | None:
        """In use, and neither in a process nor, where the driver lists none, in a claim."""
        explained = self.by_processes_bytes or self.by_claims_bytes
        if self.used_bytes is None or self.gpu.unified_memory or (self.holdings is None and not explained):
            return None
        return max(0, self.used_bytes - (explained or 0))

    @property
    def suspicious(self) -> bool:
        """Whether the unexplained rest is more than a driver keeps for itself."""
        return (self.unexplained_bytes or 0) >= SMALL_BYTES


@dataclass(frozen=True, slots=True)
class Ledger:
    """All GPUs of one node."""

    gpus: tuple[GpuLedger, ...]
    here: tuple[Service, ...]
    """The services on the node."""


def ledger(node: Node, services: Sequence[Service]) -> Ledger:
    """What is known of a node's VRAM; works with as little as there is."""
    here = tuple(service for service in services if service.node == node.name)
    processes = node.sample.gpu_processes if node.sample else None
    holdings = _holdings(processes or (), node.gpus, here)
    return Ledger(
        tuple(
            GpuLedger(
                gpu,
                None if processes is None else holdings[gpu.index],
                claims_on(gpu, here, node.gpus, holdings),
            )
            for gpu in node.gpus
        ),
        here,
    )


def _holdings(
    processes: Sequence[GpuProcess], gpus: Sequence[Gpu], here: Sequence[Service]
) -> Mapping[int, tuple[Holding, ...]]:
    """By the index of each GPU, the largest first."""
    owners = {process: service_of(process, here) for process in processes}
    ordered = sorted(processes, key=lambda process: -(process.vram_bytes or 0))
    return {
        gpu.index: tuple(Holding(each, owners[each]) for each in ordered if each.gpu_uuid == gpu.uuid)
        for gpu in gpus
    }
