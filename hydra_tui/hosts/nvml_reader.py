"""What NVML says of one board, reading by reading: each may be missing by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from hydra_tui.core.gpu import Gpu, shares_memory
from hydra_tui.core.processes import GpuProcess
from hydra_tui.core.text import inert
from hydra_tui.core.throttle import throttles

T = TypeVar("T")

LOST = 15
_VOID = frozenset({1, 9, LOST, 18})
"""Codes that are not about one reading: uninitialised, no driver, a GPU lost, another version."""

_SLOWEST_PSTATE = 15
"""What is above it stands for "unknown"."""


@dataclass(frozen=True, slots=True)
class Board:
    """What does not change while the driver is loaded."""

    handle: Any
    index: int
    uuid: str
    name: str
    driver: str | None
    cuda: str | None
    pcie_generation_max: int | None
    pcie_width_max: int | None


class BoardReader:
    """Over the module `pynvml`. Everything raises its `NVMLError` when no reading can be had any more."""

    def __init__(self, library: Any) -> None:
        self._nvml = library

    def board(self, index: int) -> Board:
        """The board in that place of the driver's list."""
        nvml = self._nvml
        handle = nvml.nvmlDeviceGetHandleByIndex(index)
        return Board(
            handle=handle,
            index=index,
            uuid=_text(self._read(nvml.nvmlDeviceGetUUID, handle)) or "",
            name=_text(self._read(nvml.nvmlDeviceGetName, handle)) or "NVIDIA GPU",
            driver=_text(self._read(nvml.nvmlSystemGetDriverVersion)),
            cuda=_cuda(self._read(nvml.nvmlSystemGetCudaDriverVersion_v2)),
            pcie_generation_max=self._read(nvml.nvmlDeviceGetMaxPcieLinkGeneration, handle),
            pcie_width_max=self._read(nvml.nvmlDeviceGetMaxPcieLinkWidth, handle),
        )

    def gpu(self, board: Board) -> Gpu:
        """Its readings now."""
        nvml, handle = self._nvml, board.handle
        memory = self._memory(handle)
        rates = self._read(nvml.nvmlDeviceGetUtilizationRates, handle)
        return Gpu(
            index=board.index,
            uuid=board.uuid,
            name=board.name,
            vram_total_bytes=memory.total if memory else None,
            vram_used_bytes=memory.used if memory else None,
            utilisation_percent=rates.gpu if rates else None,
            temperature_c=self._read(nvml.nvmlDeviceGetTemperature, handle, nvml.NVML_TEMPERATURE_GPU),
            power_w=_watts(self._read(nvml.nvmlDeviceGetPowerUsage, handle)),
            power_limit_w=_watts(self._read(nvml.nvmlDeviceGetEnforcedPowerLimit, handle)),
            sm_clock_mhz=self._read(nvml.nvmlDeviceGetClockInfo, handle, nvml.NVML_CLOCK_SM),
            memory_clock_mhz=self._read(nvml.nvmlDeviceGetClockInfo, handle, nvml.NVML_CLOCK_MEM),
            fan_percent=self._read(nvml.nvmlDeviceGetFanSpeed, handle),
            driver=board.driver,
            cuda=board.cuda,
            memory_utilisation_percent=rates.memory if rates else None,
            vram_reserved_bytes=getattr(memory, "reserved", None),
            pcie_generation=self._read(nvml.nvmlDeviceGetCurrPcieLinkGeneration, handle),
            pcie_generation_max=board.pcie_generation_max,
            pcie_width=self._read(nvml.nvmlDeviceGetCurrPcieLinkWidth, handle),
            pcie_width_max=board.pcie_width_max,
            pstate=_pstate(self._read(nvml.nvmlDeviceGetPerformanceState, handle)),
            throttles=throttles(self._reasons(handle)),
            ecc_uncorrected=self._ecc(handle),
            mig=self._mig(handle),
            unified_memory=memory is None and shares_memory(board.name),
        )

    def processes(self, board: Board) -> tuple[GpuProcess, ...] | None:
        """Who has a compute context on it, and how much; `None` where the driver does not say."""
        running = self._read(self._nvml.nvmlDeviceGetComputeRunningProcesses, board.handle)
        if running is None:
            return None
        return tuple(GpuProcess(board.uuid, each.pid, vram_bytes=each.usedGpuMemory) for each in running)

    def _memory(self, handle: Any) -> Any:
        """The second version counts reserved memory apart, like nvidia-smi; old drivers have the first."""
        ask = self._nvml.nvmlDeviceGetMemoryInfo
        return self._read(ask, handle, version=self._nvml.nvmlMemory_v2) or self._read(ask, handle)

    def _reasons(self, handle: Any) -> int | None:
        """Drivers before 535 know the mask by its first name only."""
        mask = self._read(self._nvml.nvmlDeviceGetCurrentClocksEventReasons, handle)
        return (
            self._read(self._nvml.nvmlDeviceGetCurrentClocksThrottleReasons, handle) if mask is None else mask
        )

    def _ecc(self, handle: Any) -> int | None:
        nvml = self._nvml
        kinds = (nvml.NVML_MEMORY_ERROR_TYPE_UNCORRECTED, nvml.NVML_VOLATILE_ECC)
        return self._read(nvml.nvmlDeviceGetTotalEccErrors, handle, *kinds)

    def _mig(self, handle: Any) -> bool | None:
        modes = self._read(self._nvml.nvmlDeviceGetMigMode, handle)
        return None if modes is None else bool(modes[0])

    def _read(self, ask: Callable[..., T], *arguments: Any, **options: Any) -> T | None:
        """One reading, `None` when the board has it not; raises when no reading can be had any more."""
        try:
            return ask(*arguments, **options)
        except self._nvml.NVMLError as error:
            if error.value in _VOID:
                raise
            return None


def _watts(milliwatts: int | None) -> float | None:
    return None if milliwatts is None else milliwatts / 1000


def _cuda(number: int | None) -> str | None:
    """13020 is 13.2."""
    return None if number is None else f"{number // 1000}.{number % 1000 // 10}"


def _pstate(number: int | None) -> str | None:
    return None if number is None or number > _SLOWEST_PSTATE else f"P{number}"


def _text(text: str | bytes | None) -> str | None:
    """Older bindings give bytes."""
    plain = text.decode(errors="replace") if isinstance(text, bytes) else text
    return inert(plain, 80) if plain else None
