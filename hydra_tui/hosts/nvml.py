"""The GPUs of this machine through NVML, with handles that are kept from look to look."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from typing import Any, TypeVar

from hydra_tui.core.gpu import Gpu
from hydra_tui.core.text import inert
from hydra_tui.hosts import nvidia_words
from hydra_tui.hosts.gpu_blocks import MOST_GPUS

S = TypeVar("S")
T = TypeVar("T")

_LOST = 15
_VOID = frozenset({1, 9, _LOST, 18})
"""Codes that are not about one reading: uninitialised, no driver, a GPU lost, another version."""


@dataclass(frozen=True, slots=True)
class _Board:
    """What does not change while the driver is loaded."""

    handle: Any
    index: int
    uuid: str
    name: str
    driver: str | None


class Nvml:
    """Not for two threads at once. `library` is the module `pynvml`, imported on the first look."""

    def __init__(self, library: Any = None) -> None:
        self._library = library
        self._boards: tuple[_Board, ...] = ()
        self._fallen = False

    def look(self) -> tuple[tuple[Gpu, ...], str]:
        """The GPUs, and why there is none or one less. Blocks as long as the driver does; never raises."""
        try:
            self._library = self._library or import_module("pynvml")
        except ImportError:
            return (), "the Python package nvidia-ml-py is not installed"
        try:
            return self._gpus()
        except self._library.NVMLError as error:
            self.close()
            return (), nvidia_words.of_code(error.value) or inert(f"NVML: {error}", 160)

    def close(self) -> None:
        """Let go of the driver; the next look asks for it again."""
        self._boards = ()
        if self._library:
            with suppress(self._library.NVMLError):
                self._library.nvmlShutdown()

    def _gpus(self) -> tuple[tuple[Gpu, ...], str]:
        self._fallen = False
        self._boards = self._boards or self._find()
        gpus = self._standing(self._gpu, self._boards)
        if self._fallen:
            self.close()  # so that the next look finds out which are left
            return gpus, nvidia_words.FALLEN
        return gpus, "" if gpus else nvidia_words.NO_GPU

    def _find(self) -> tuple[_Board, ...]:
        self._library.nvmlInit()
        return self._standing(self._board, range(min(MOST_GPUS, self._library.nvmlDeviceGetCount())))

    def _standing(self, ask: Callable[[S], T], of: Iterable[S]) -> tuple[T, ...]:
        """What each GPU answers; one that has fallen off the bus is left out and noted."""
        answers = []
        for one in of:
            try:
                answers.append(ask(one))
            except self._library.NVMLError as error:
                if error.value != _LOST:
                    raise
                self._fallen = True
        return tuple(answers)

    def _board(self, index: int) -> _Board:
        nvml = self._library
        handle = nvml.nvmlDeviceGetHandleByIndex(index)
        return _Board(
            handle=handle,
            index=index,
            uuid=_text(self._read(nvml.nvmlDeviceGetUUID, handle)) or "",
            name=_text(self._read(nvml.nvmlDeviceGetName, handle)) or "NVIDIA GPU",
            driver=_text(self._read(nvml.nvmlSystemGetDriverVersion)),
        )

    def _gpu(self, board: _Board) -> Gpu:
        nvml, handle = self._library, board.handle
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
        )

    def _memory(self, handle: Any) -> Any:
        """The second version counts reserved memory apart, like nvidia-smi; old drivers have the first."""
        ask = self._library.nvmlDeviceGetMemoryInfo
        return self._read(ask, handle, version=self._library.nvmlMemory_v2) or self._read(ask, handle)

    def _read(self, ask: Callable[..., T], *arguments: Any, **options: Any) -> T | None:
        """One reading, `None` when the board has it not; raises when no reading can be had any more."""
        try:
            return ask(*arguments, **options)
        except self._library.NVMLError as error:
            if error.value in _VOID:
                raise
            return None


def _watts(milliwatts: int | None) -> float | None:
    return None if milliwatts is None else milliwatts / 1000


def _text(text: str | bytes | None) -> str | None:
    """Older bindings give bytes."""
    plain = text.decode(errors="replace") if isinstance(text, bytes) else text
    return inert(plain, 80) if plain else None
