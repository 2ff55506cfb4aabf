"""What the operator's configuration asks of a node."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Expectations:
    """What a node must be able to do for what was configured to work."""

    gpus: bool = False
    """A service was given GPUs of it."""
    units: tuple[str, ...] = ()
    """systemd units that hold services of it, with their suffix."""
    containers: tuple[str, ...] = ()
    """Docker containers that hold services of it."""
