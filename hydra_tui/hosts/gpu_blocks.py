"""Lines of `nvidia-smi` in loop mode, gathered into the newest complete look at all GPUs."""

from __future__ import annotations

from dataclasses import replace

from hydra_tui.core.gpu import Gpu
from hydra_tui.hosts import nvidia_smi

MOST_GPUS = 64
"""Of one host."""

PATIENT_FRAMES = 5
PATIENT_SECONDS = 10.0
"""A last reading is too old to show after more frames and more seconds than these without a new one."""


class GpuBlocks:
    """The tool prints a line per GPU and nothing between two looks: a look ends when an index repeats."""

    def __init__(self) -> None:
        self._complete: tuple[Gpu, ...] = ()
        self._open: dict[int, Gpu] = {}
        self._cuda: str | None = None
        self._said = ""
        self._reason = ""
        self._quiet_frames = 0
        self._quiet_since = 0.0

    @property
    def gpus(self) -> tuple[Gpu, ...]:
        """The newest look; one that is under way counts as soon as it lists as many as the last."""
        under_way = tuple(self._open.values())
        newest = under_way if len(under_way) >= len(self._complete) else self._complete
        return tuple(replace(gpu, cuda=self._cuda) for gpu in newest) if self._cuda else newest

    @property
    def note(self) -> str:
        """Why there is none, in words; empty while there is one, or while nothing was said yet."""
        return "" if self.gpus else self._said or self._reason

    def line(self, text: str) -> None:
        """A row, or whatever else the tool said."""
        gpu = nvidia_smi.parse(text)
        if gpu is None:
            self._said = self._said or nvidia_smi.said(text)
        else:
            self._row(gpu)

    def serves(self, text: str) -> None:
        """Which CUDA the driver serves: a line of the tool's long report."""
        self._cuda = nvidia_smi.cuda(text) or self._cuda

    def ended(self, code: str) -> None:
        """The tool ended: what it said counts for more than its exit code."""
        self._drop(self._said or nvidia_smi.ended(code))

    def frame_ended(self, at: float) -> None:
        """Time passes: a tool that hangs in the driver must not leave its last reading on show."""
        self._quiet_frames += 1
        if self._quiet_frames == 1:
            self._quiet_since = at
        too_long = self._quiet_frames > PATIENT_FRAMES and at - self._quiet_since > PATIENT_SECONDS
        if too_long and self.gpus:
            self._drop(self._said or "nvidia-smi no longer answers")

    def _row(self, gpu: Gpu) -> None:
        if gpu.index in self._open:
            self._complete, self._open = tuple(self._open.values()), {}
        if len(self._open) < MOST_GPUS:
            self._open[gpu.index] = gpu
        self._said = ""
        self._quiet_frames = 0

    def _drop(self, reason: str) -> None:
        self._complete, self._open = (), {}
        self._reason, self._said = reason, ""
