"""What may stand under `services:` and `models:`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from hydra_tui.config.field_types import (
    Bytes,
    GpuIndex,
    Interval,
    LayerName,
    Line,
    LogSource,
    Name,
    Port,
    SecretRef,
    Switch,
    Timeout,
)
from hydra_tui.config.section import Section


class ServiceConfig(Section):
    """A service to watch: `url`, or `node` with `port`."""

    name: Name
    """Unique over nodes and services."""
    kind: Line
    """Which adapter asks it."""
    node: Line | None = None
    """The node it runs on."""
    url: Line | None = None
    """With scheme; `http://`, `https://`, `tcp://`, `redis://`, `rediss://` or `postgresql://` by kind."""
    port: Port | None = None
    """On the node, instead of `url`; else the kind's usual port."""
    key: SecretRef | None = None
    """A reference to its API key or password."""
    user: Line | None = None
    """Where its protocol has one."""
    layer: LayerName | None = None
    """The group it is shown in; else the kind's own."""
    gpus: Annotated[tuple[GpuIndex, ...], Field(max_length=256)] = ()
    """Which GPUs of its node it was given, by the driver's index."""
    logs: LogSource | None = None
    """Where its log is kept on the node."""
    interval: Interval | None = None
    """Between the starts of two looks; else the `interval` at the top."""
    timeout: Timeout = 5.0
    """One look may take this long."""
    verify_tls: Switch = True
    """`false` accepts any certificate: for a self-signed one on a network you trust."""
    options: Mapping[str, Any] = Field(default_factory=dict)
    """The kind's own settings; `hydra-tui kinds` lists them."""


class ModelConfig(Section):
    """A model of the inventory: what its engine cannot tell."""

    name: Line
    """As the engine spells it."""
    service: Line
    """The engine that holds it."""
    format: Line | None = None
    """`EXL2`, `EXL3`, `GGUF`, `safetensors`."""
    quantisation: Line | None = None
    """`Q4_K_M`, `4.0bpw`, `F16`."""
    size: Bytes | None = None
    """On disk."""
    use_case: Line | None = None
    """What you use it for."""
