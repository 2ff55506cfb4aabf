"""One simulated service as it stands on the network: its server, its faults, its host's fate."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from hydra_tui.sim.faults import SERVICE_FAULTS, Fault
from hydra_tui.sim.servers import HttpServer
from hydra_tui.sim.service_front import ServiceFront

Leave = Callable[[], Awaitable[None]]


class SimService:
    """A target of faults."""

    role = "service"
    faults = SERVICE_FAULTS

    def __init__(self, name: str, node: str, front: ServiceFront) -> None:
        self.name = name
        self.node = node
        """The node that it runs on."""
        self.server = HttpServer(front)
        self._front = front
        self._host_lost = False
        self._leave: Leave | None = None

    def on_close(self, leave: Leave) -> None:
        """What to let go of, besides the port, at the end."""
        self._leave = leave

    @property
    def fault(self) -> Fault | None:
        """Its own fault, not its host's."""
        return self._front.fault

    async def start(self) -> None:
        """Listen."""
        await self.server.start()

    async def close(self) -> None:
        """Drop everyone, give the port back."""
        await self.server.close()
        if self._leave is not None:
            await self._leave()

    async def set_fault(self, fault: Fault | None) -> None:
        """Fail this way from now on, and no other; `None` is well again."""
        before, self._front.fault = self._front.fault, fault
        await self._settle()
        if before is Fault.HANG:
            await self.server.drop_connections()

    async def set_host_lost(self, lost: bool) -> None:
        """Its machine is gone, or back."""
        self._host_lost = lost
        await self._settle()

    async def _settle(self) -> None:
        if self._host_lost or self.fault is Fault.KILL:
            await self.server.stop()
        else:
            await self.server.start()
