"""What a service can do. A capability is asked for with `isinstance`, never switched on by name."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from hydra_tui.core.readings import Findings


@runtime_checkable
class Probe(Protocol):
    """Every adapter: look at the service without loading, evicting or billing anything."""

    async def probe(self) -> Findings:
        """What it says of itself. Raises `TargetError` with the reason when it does not."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...
