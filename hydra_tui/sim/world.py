"""The one world behind all simulated servers."""

from __future__ import annotations

from collections import Counter

from hydra_tui.sim.clock import Clock
from hydra_tui.sim.hardware import CLUSTER
from hydra_tui.sim.host import Host
from hydra_tui.sim.load_waves import wave
from hydra_tui.sim.ollama_engine import OllamaEngine
from hydra_tui.sim.programs import OLLAMA, TABBY
from hydra_tui.sim.tabby_engine import TabbyEngine

SERVICES = {"tabbyapi": "hydra-ai", "ollama": "hydra-compute", "litellm": "hydra-storage"}
"""Each simulated service and the node it runs on."""

_MOST_CALLS = 300
"""Different paths that are counted apart."""

_LATENCY_S = {"tabbyapi": (0.004, 0.030), "ollama": (0.002, 0.018), "litellm": (0.010, 0.055)}
"""What a small request takes when its node is idle, and at the top of the wave."""


class World:
    """Hosts, engines and the record of what was asked. Same seed and same second: same values."""

    def __init__(self, seed: int, clock: Clock) -> None:
        self.seed = seed
        self.clock = clock
        self.hosts = {spec.name: Host(spec, seed, clock) for spec in CLUSTER}
        self.host_of("tabbyapi").program = TABBY
        self.host_of("ollama").program = OLLAMA
        self.tabby = TabbyEngine(self.host_of("tabbyapi").vram, clock)
        self.ollama = OllamaEngine(self.host_of("ollama").vram, clock)
        self.calls: Counter[tuple[str, str]] = Counter()
        """(service, `METHOD /path`): proof of who polls what."""
        self._latency = {name: wave(seed, f"{name}/latency", *span) for name, span in _LATENCY_S.items()}
        self.tabby.start_with()
        self.ollama.start_with_defaults()

    def host_of(self, service: str) -> Host:
        """The machine that the service runs on."""
        return self.hosts[SERVICES[service]]

    def latency_s(self, service: str) -> float:
        """What a small request to the service takes now."""
        return self._latency[service].at(self.clock.now()) * (1.0 + self.host_of(service).load())

    def count(self, service: str, method: str, path: str) -> None:
        """Someone asked the service for this path."""
        call = (service, f"{method} {path}")
        self.calls[call if call in self.calls or len(self.calls) < _MOST_CALLS else (service, "other")] += 1

    def work(self, service: str, amount: float) -> None:
        """A request kept the service's machine busy: its CPU, and its GPUs that hold a model."""
        self.host_of(service).activity.raise_by(amount, self.clock.running())
