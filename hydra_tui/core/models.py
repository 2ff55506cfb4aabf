"""Models as engines list them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hydra_tui.core.quantity import Amount


class Residency(StrEnum):
    """Whether a model is in memory, as its engine says."""

    UNLOADED = "unloaded"
    LOADING = "loading"
    LOADED = "loaded"
    UNKNOWN = "unknown"
    """The engine could not be asked: what it held when last seen is no longer confirmed."""


@dataclass(frozen=True, slots=True)
class Model:
    """One model of one engine. `None` is "the engine does not say"."""

    name: str
    residency: Residency = Residency.UNLOADED
    format: str | None = None
    """`EXL2`, `EXL3`, `GGUF`, `safetensors`."""
    quantisation: str | None = None
    """`Q4_K_M`, `4.0bpw`, `F16`."""
    parameters: str | None = None
    """As the engine spells it: `7.6B`."""
    disk: Amount | None = None
    memory: Amount | None = None
    """Weights, cache and buffers together, in VRAM or not."""
    vram: Amount | None = None
    """The part of `memory` on GPUs."""
    context_tokens: int | None = None
    """The context it was loaded with."""
    expires_at: float | None = None
    """Seconds since the epoch at which an idle model is unloaded; `inf` is never."""
    use_case: str = ""
    """From the configuration's inventory."""


@dataclass(frozen=True, slots=True)
class Route:
    """One deployment behind an alias of a gateway: `alias` → `model` at `api_base`."""

    alias: str
    model: str
    """The gateway's spelling, provider prefix included: `ollama/qwen2.5:7b`."""
    api_base: str | None = None
    deployment: str = ""
    """The gateway's id of this deployment."""
