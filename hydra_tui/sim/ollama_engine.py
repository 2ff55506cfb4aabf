"""Ollama's scheduler: runners on the GPUs of one node, evicted when idle and in the way."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from hydra_tui.sim.clock import Clock
from hydra_tui.sim.model_files import NOMIC, OLLAMA_MODELS, QWEN_7B, ModelFile
from hydra_tui.sim.ollama_runner import Runner
from hydra_tui.sim.placement import pack
from hydra_tui.sim.vram import Vram

DEFAULT_CONTEXT = 32_768
"""What Ollama chooses on its own with 23 to 47 GiB of VRAM in all."""


class ModelMissing(Exception):
    """No model of that name on this machine."""


class DoesNotFit(Exception):
    """Even alone it needs more memory than there is. The text is what the runner leaves behind."""


class OllamaEngine:
    """What is on the disk and what is loaded. One load at a time; the others wait for the lock."""

    def __init__(self, vram: Vram, clock: Clock) -> None:
        self.on_disk = {model.name: model for model in OLLAMA_MODELS}
        self.lock = asyncio.Lock()
        """Held while a model loads: `/api/ps` waits for it, as it does since 0.32.4."""
        self._runners: dict[str, Runner] = {}
        self._vram = vram
        self._clock = clock
        vram.expire_with(self._expire)

    def start_with_defaults(self) -> None:
        """Be as if the daily models had been in use for a while."""
        for model, keep_alive_s in ((QWEN_7B, 1800.0), (NOMIC, float("inf"))):
            runner = self._place(model, min(DEFAULT_CONTEXT, model.context_max), keep_alive_s)
            runner.visited = True

    def find(self, name: str) -> ModelFile:
        """The model on the disk; the tag `:latest` may be left out. Raises `ModelMissing`."""
        model = self.on_disk.get(name if ":" in name else f"{name}:latest")
        if model is None:
            raise ModelMissing(name)
        return model

    def running(self) -> list[Runner]:
        """The loaded models, the longest remaining life first."""
        self._expire()
        now = self._clock.now()
        return sorted(self._runners.values(), key=lambda runner: -runner.remaining_s(now))

    async def load(self, name: str, keep_alive_s: float, context: int | None = None) -> tuple[Runner, float]:
        """(the runner, seconds it took to load: 0 when it was there).

        Raises `ModelMissing` or `DoesNotFit`.
        """
        model = self.find(name)
        wanted = min(context or DEFAULT_CONTEXT, model.context_max)
        async with self.lock:
            self._expire()
            runner = self._runners.get(model.name)
            if runner is not None and (context is None or runner.context == wanted):
                runner.keep_alive_s, runner.used_at = keep_alive_s, self._clock.now()
                return runner, 0.0
            self.unload(model.name)
            self._make_room(model.vram_bytes(wanted))
            await self._clock.sleep(model.load_s)
            return self._place(model, wanted, keep_alive_s), model.load_s

    def unload(self, name: str) -> None:
        """Drop the runner of that name, if there is one."""
        runner = self._runners.get(name)
        if runner is not None:
            self._drop(runner)

    @contextmanager
    def working(self, runner: Runner) -> Iterator[None]:
        """While a request runs the model is not idle; afterwards its lease starts anew, or ends."""
        runner.busy += 1
        try:
            yield
        finally:
            runner.busy -= 1
            runner.used_at = self._clock.now()
            if runner.keep_alive_s == 0 and not runner.busy:
                self._drop(runner)

    def _expire(self) -> None:
        """Let go of the idle models whose lease is over."""
        now = self._clock.now()
        for runner in list(self._runners.values()):
            if not runner.busy and runner.remaining_s(now) <= 0:
                self._drop(runner)

    def _place(self, model: ModelFile, context: int, keep_alive_s: float) -> Runner:
        split = pack(model.vram_bytes(context), self._vram.free())
        if split is None:
            raise DoesNotFit("llama-server process has terminated: cudaMalloc failed: out of memory")
        runner = Runner(model, context, split, keep_alive_s, self._clock.now())
        self._vram.hold(model.name, split)
        self._runners[model.name] = runner
        return runner

    def _drop(self, runner: Runner) -> None:
        self._vram.release(runner.model.name)
        self._runners.pop(runner.model.name, None)

    def _make_room(self, need: int) -> None:
        """Evict idle runners, the longest unused first, until it fits. Raises `DoesNotFit`."""
        now = self._clock.now()
        idle = sorted(
            (runner for runner in self._runners.values() if not runner.busy),
            key=lambda runner: runner.last_used(now),
        )
        while pack(need, self._vram.free()) is None:
            if not idle:
                raise DoesNotFit("llama-server process has terminated: cudaMalloc failed: out of memory")
            self._drop(idle.pop(0))
