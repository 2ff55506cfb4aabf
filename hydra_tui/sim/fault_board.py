"""Who fails how at the moment, and the way to change that."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from hydra_tui.core.nearest import did_you_mean
from hydra_tui.sim.faults import Fault, FaultRefused, parse
from hydra_tui.sim.sim_service import SimService
from hydra_tui.sim.ssh_node import SshNode

Target = SshNode | SimService


class FaultBoard:
    """All targets of faults by name. One change at a time."""

    def __init__(self, nodes: Sequence[SshNode], services: Sequence[SimService]) -> None:
        self._services = tuple(services)
        targets: tuple[Target, ...] = (*nodes, *services)
        self._targets = {target.name: target for target in targets}
        self._changing = asyncio.Lock()

    @property
    def targets(self) -> tuple[Target, ...]:
        """Nodes first."""
        return tuple(self._targets.values())

    async def fault(self, name: str, word: str) -> tuple[str, Fault]:
        """Let a target fail; (its name, the fault) as they are properly spelt. Raises `FaultRefused`."""
        target = self._find(name)
        fault = parse(word, target.faults)
        await self._set(target, fault)
        return target.name, fault

    async def heal(self, name: str | None) -> tuple[str, ...]:
        """Make a target, or all, well again; the names of those that were not. Raises `FaultRefused`."""
        chosen = self.targets if name is None else (self._find(name),)
        ill = [target for target in chosen if target.fault is not None]
        for target in ill:
            await self._set(target, None)
        return tuple(target.name for target in ill)

    async def _set(self, target: Target, fault: Fault | None) -> None:
        async with self._changing:
            await target.set_fault(fault)
            for service in self._services:
                if service.node == target.name:
                    await service.set_host_lost(fault is Fault.UNREACHABLE)

    def _find(self, name: str) -> Target:
        target = self._targets.get(name.strip().lower().replace("_", "-"))
        if target is None:
            names = ", ".join(self._targets)
            raise FaultRefused(f"no target `{name}`: {names}{did_you_mean(name, self._targets)}")
        return target
