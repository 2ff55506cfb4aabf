"""How a kind introduces itself: one value per adapter file."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from hydra_tui.adapters.base.capabilities import Probe
from hydra_tui.core.cluster import Layer


class Auth(StrEnum):
    """How a service wants its credentials."""

    NONE = "none"
    BEARER = "bearer"
    """`Authorization: Bearer KEY`."""
    PASSWORD = "password"  # noqa: S105 - a word, not a secret
    """A password of its own protocol, perhaps with a user name."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where one configured service is and how to get in: all that an adapter is built from."""

    name: str
    url: str
    """With scheme and port, without a trailing slash."""
    key: str | None = field(default=None, repr=False)
    """The resolved secret. Never printed: it is left out of `repr`."""
    user: str | None = None
    timeout_s: float = 5.0
    verify_tls: bool = True
    options: dict[str, Any] = field(default_factory=dict)
    """What the configuration gave under `options`, checked against the kind's own model."""


Build = Callable[[Site], Probe]
Recognise = Callable[[str, int], Awaitable[bool]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of service, as its adapter file declares it in a value named `KIND`."""

    name: str
    title: str
    layer: Layer
    build: Build
    summary: str
    """What is probed, in one line, for the catalogue."""
    default_port: int | None = None
    scheme: str = "http"
    auth: Auth = Auth.NONE
    recognise: Recognise | None = None
    """Whether (host, port) speaks as this kind; `None` when it cannot be told from others."""
    options: dict[str, str] = field(default_factory=dict)
    """The names a configuration may use under `options`, each with a line of help."""
    model_format: str | None = None
    """The format of its models where the engine has but one."""
