"""Hand-made nodes for tests of the VRAM ledger."""

from __future__ import annotations

from collections.abc import Sequence

from hydra_tui.core.cluster import Node, Service
from hydra_tui.core.gpu import Gpu
from hydra_tui.core.host import HostSample
from hydra_tui.core.models import Model, Residency
from hydra_tui.core.processes import GpuProcess, Keeper
from hydra_tui.core.quantity import Amount, Origin
from hydra_tui.core.series import Series
from hydra_tui.core.state import State

GIB = 2**30


def node(
    used: Sequence[float | None],
    processes: Sequence[GpuProcess] | None,
    *,
    mig: bool = False,
    unified_memory: bool = False,
) -> Node:
    """A node whose GPUs hold so many GiB."""
    gpus = tuple(_gpu(index, held, mig, unified_memory) for index, held in enumerate(used))
    listed = None if processes is None else tuple(processes)
    sample = HostSample(at=0.0, gpus=gpus, gpu_processes=listed)
    series = (Series(),) * len(gpus)
    return Node("box", 2.0, at=0.0, state=State.UP, sample=sample, gpu_utilisation=series)


def _gpu(index: int, held: float | None, mig: bool, unified_memory: bool) -> Gpu:
    used = None if held is None else int(held * GIB)
    return Gpu(
        *(index, f"GPU-{index}", "NVIDIA L40S", 48 * GIB, used), mig=mig, unified_memory=unified_memory
    )


def process(pid: int, gpu: int, held: float | None, unit: str = "", command: str = "x") -> GpuProcess:
    """A process that is readable, holding so many GiB."""
    size = None if held is None else int(held * GIB)
    keeper = Keeper(unit) if unit else None
    return GpuProcess(f"GPU-{gpu}", pid, "x", size, True, "ai", command, keeper)


def hidden(pid: int, gpu: int, held: float | None) -> GpuProcess:
    """A process of somebody else."""
    return GpuProcess(f"GPU-{gpu}", pid, vram_bytes=None if held is None else int(held * GIB))


def model(name: str, vram: float | None, *, whole: bool = False, loaded: bool = True) -> Model:
    """A model that claims so many GiB of VRAM; `whole` is Ollama's "100 % GPU"."""
    claim = None if vram is None else Amount(int(vram * GIB), Origin.CLAIMED)
    residency = Residency.LOADED if loaded else Residency.UNLOADED
    return Model(name, residency, vram=claim, memory=claim if whole else None)


def engine(name: str, *models: Model, gpus: tuple[int, ...] = (), kind: str = "", unit: str = "") -> Service:
    """A service on that node."""
    held_by = f"systemd:{unit}" if unit else ""
    return Service(name, kind or name, 5.0, "box", gpus=gpus, models=models, held_by=held_by)
