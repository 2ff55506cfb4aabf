"""The GPUs of this machine through NVML, with handles that are kept from look to look."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from importlib import import_module
from itertools import chain
from typing import Any, TypeVar

from hydra_tui.core.gpu import Gpu
from hydra_tui.core.processes import GpuProcess
from hydra_tui.core.text import inert
from hydra_tui.hosts import nvidia_words
from hydra_tui.hosts.gpu_blocks import MOST_GPUS
from hydra_tui.hosts.nvml_reader import LOST, Board, BoardReader
from hydra_tui.hosts.process_blocks import MOST_PROCESSES

S = TypeVar("S")
T = TypeVar("T")


class Nvml:
    """Not for two threads at once. `library` is the module `pynvml`, imported on the first look."""

    def __init__(self, library: Any = None) -> None:
        self._library = library
        self._boards: tuple[Board, ...] = ()
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

    def processes(self) -> tuple[GpuProcess, ...] | None:
        """Who holds memory on the boards of the last look; `None` where the driver does not say."""
        reader = BoardReader(self._library)
        try:
            lists = [reader.processes(board) for board in self._boards]
        except self._library.NVMLError:
            return None
        known = [each for each in lists if each is not None]
        complete = len(known) == len(lists) > 0
        return tuple(chain.from_iterable(known))[:MOST_PROCESSES] if complete else None

    def close(self) -> None:
        """Let go of the driver; the next look asks for it again."""
        self._boards = ()
        if self._library:
            with suppress(self._library.NVMLError):
                self._library.nvmlShutdown()

    def _gpus(self) -> tuple[tuple[Gpu, ...], str]:
        self._fallen = False
        self._boards = self._boards or self._find()
        gpus = self._standing(BoardReader(self._library).gpu, self._boards)
        if self._fallen:
            self.close()  # so that the next look finds out which are left
            return gpus, nvidia_words.FALLEN
        return gpus, "" if gpus else nvidia_words.NO_GPU

    def _find(self) -> tuple[Board, ...]:
        self._library.nvmlInit()
        board = BoardReader(self._library).board
        return self._standing(board, range(min(MOST_GPUS, self._library.nvmlDeviceGetCount())))

    def _standing(self, ask: Callable[[S], T], of: Iterable[S]) -> tuple[T, ...]:
        """What each GPU answers; one that has fallen off the bus is left out and noted."""
        answers = []
        for one in of:
            try:
                answers.append(ask(one))
            except self._library.NVMLError as error:
                if error.value != LOST:
                    raise
                self._fallen = True
        return tuple(answers)
