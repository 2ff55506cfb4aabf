"""TabbyAPI's model manager (the EXL2 builds): one model, over all GPUs of its node."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass

from hydra_tui.sim.clock import Clock
from hydra_tui.sim.model_files import LLAMA_70B, TABBY_MODELS, ModelFile
from hydra_tui.sim.placement import spread
from hydra_tui.sim.vram import Vram

CACHE_SHARES = {"FP16": 1.0, "Q8": 0.53, "Q6": 0.41, "Q4": 0.28}
"""The size of a quantised cache against FP16, its scales included."""

DEFAULT_CONTEXT = 32_768


class OutOfVram(Exception):
    """The model did not fit. The text is what CUDA says."""


@dataclass(frozen=True, slots=True)
class LoadRequest:
    """What a load asked for."""

    model: ModelFile
    context: int = DEFAULT_CONTEXT
    cache_size: int = DEFAULT_CONTEXT
    cache_mode: str = "Q4"

    @property
    def vram_bytes(self) -> int:
        """What it takes once it is loaded."""
        return self.model.vram_bytes(self.cache_size, CACHE_SHARES[self.cache_mode])

    @property
    def modules(self) -> int:
        """What its progress counts: the layers, the embedding, the norm and the head."""
        return self.model.layers + 3


class TabbyEngine:
    """What is loaded. As in EXL2 builds, loads are not serialised and an aborted one keeps its memory."""

    def __init__(self, vram: Vram, clock: Clock) -> None:
        self.models = {model.name: model for model in TABBY_MODELS}
        self.loaded: LoadRequest | None = None
        self._vram = vram
        self._clock = clock
        self._loads_begun = 0
        self.loads_under_way = 0
        self._owner = ""

    def start_with(self, model: ModelFile = LLAMA_70B) -> None:
        """Be as if the model had been loaded long ago."""
        request = LoadRequest(model)
        self._vram.hold("start", spread(request.vram_bytes, self._vram.free()) or ())
        self.loaded, self._owner = request, "start"

    def unload(self) -> None:
        """Give the loaded model's memory back."""
        self._vram.release(self._owner)
        self.loaded = None

    async def load(self, request: LoadRequest) -> AsyncGenerator[int, None]:
        """The number of each module as it arrives. Raises `OutOfVram`, and then nothing is loaded."""
        self.unload()
        self._collect_garbage()
        self._loads_begun += 1
        owner = f"load {self._loads_begun}"
        self.loads_under_way += 1
        try:
            for module in range(1, request.modules + 1):
                await self._clock.sleep(request.model.load_s / request.modules)
                self._fill(owner, request.vram_bytes * module // request.modules)
                yield module
        finally:
            self.loads_under_way -= 1
        self.loaded, self._owner = request, owner

    def _fill(self, owner: str, size: int) -> None:
        """Let the load hold `size` bytes in all, or fail as CUDA does and hold none."""
        self._vram.release(owner)
        split = spread(size, self._vram.free())
        if split is None:
            raise OutOfVram("CUDA out of memory. Tried to allocate 512.00 MiB.")
        self._vram.hold(owner, split)

    def _collect_garbage(self) -> None:
        """A new load frees what aborted ones left, unless another load is going on."""
        if self.loads_under_way == 0:
            for owner in self._vram.owners():
                self._vram.release(owner)
