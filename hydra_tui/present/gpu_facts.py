"""The small print of a GPU: clocks, link, limits, errors, and what slows it down, in words."""

from __future__ import annotations

from collections.abc import Iterator

from hydra_tui.core.gpu import Gpu
from hydra_tui.core.throttle import ALARMING, Throttle
from hydra_tui.present import units
from hydra_tui.present.cells import Line, Run, text_width, width
from hydra_tui.present.roles import Role

_GAP = "  "


def gpu_facts(gpu: Gpu, cells: int, indent: int) -> Iterator[Line]:
    """As many lines as it takes, broken between facts; what the driver does not say is left out."""
    line: Line = (Run(" " * indent),)
    for fact in _facts(gpu):
        if width(line) > indent and width(line) + text_width(_GAP + fact.text) > cells:
            yield line
            line = (Run(" " * indent),)
        line = (*line, Run(_GAP), fact) if width(line) > indent else (*line, fact)
    yield line


def _facts(gpu: Gpu) -> Iterator[Run]:
    yield _muted(f"sm{units.number(gpu.sm_clock_mhz, 6, 0)} MHz")
    yield _muted(f"memory{units.number(gpu.memory_clock_mhz, 6, 0)} MHz")
    if gpu.memory_utilisation_percent is not None:
        yield _muted(f"memory busy{units.percent(gpu.memory_utilisation_percent, 6)}")
    if gpu.vram_reserved_bytes is not None:
        yield _muted(f"reserved{units.gib(gpu.vram_reserved_bytes, 5)} GiB")
    yield _muted(f"fan{units.percent(gpu.fan_percent, 6)}")
    if gpu.pstate:
        yield _muted(f"{gpu.pstate:<3}")
    yield from _link(gpu)
    yield from _health(gpu)
    cuda = f"  CUDA {gpu.cuda}" if gpu.cuda else ""
    yield _muted(f"driver {gpu.driver or units.NOTHING}{cuda}")


def _link(gpu: Gpu) -> Iterator[Run]:
    """Half the lanes is how boards serve two cards, fewer is the wrong slot; a low generation is rest."""
    if gpu.pcie_width is None:
        return
    narrow = gpu.pcie_width_max is not None and 2 * gpu.pcie_width < gpu.pcie_width_max
    most = f" of gen {_number(gpu.pcie_generation_max)} ×{_number(gpu.pcie_width_max)}"
    now = f"PCIe gen {_number(gpu.pcie_generation)} ×{gpu.pcie_width}"
    yield Run(now + most, Role.WARN if narrow else Role.MUTED)


def _health(gpu: Gpu) -> Iterator[Run]:
    if gpu.mig:
        yield _muted("MIG on")
    if gpu.unified_memory:
        yield _muted("unified: the host's memory")
    if gpu.ecc_uncorrected is not None:
        role = Role.CRIT if gpu.ecc_uncorrected else Role.MUTED
        yield Run(f"ECC {gpu.ecc_uncorrected} uncorrected", role)
    for reason in gpu.throttles or ():
        yield Run(reason.value, _role(reason))


def _role(reason: Throttle) -> Role:
    return Role.WARN if reason in ALARMING else Role.MUTED


def _number(value: int | None) -> str:
    return units.NOTHING if value is None else str(value)


def _muted(text: str) -> Run:
    return Run(text, Role.MUTED)
