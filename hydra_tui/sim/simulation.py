"""The whole simulated cluster: put together, started, and taken away again."""

from __future__ import annotations

import asyncio
from pathlib import Path
from types import TracebackType

from hydra_tui.sim import configuration, credentials
from hydra_tui.sim.assembly import assemble
from hydra_tui.sim.clock import Clock
from hydra_tui.sim.configuration import Whereabouts
from hydra_tui.sim.control import Control
from hydra_tui.sim.fault_board import FaultBoard
from hydra_tui.sim.private_directory import PrivateDirectory, replace_privately
from hydra_tui.sim.servers import HttpServer
from hydra_tui.sim.ssh_keys import known_hosts_line
from hydra_tui.sim.ssh_node import SshNode
from hydra_tui.sim.world import World


class Simulation:
    """A cluster on loopback: it runs inside `async with`."""

    def __init__(self, seed: int, clock: Clock) -> None:
        self.world = World(seed, clock)
        self.credentials = credentials.make()
        self.services = assemble(self.world, self.credentials)
        self.nodes = tuple(SshNode(host, self.credentials.user_key) for host in self.world.hosts.values())
        self.board = FaultBoard(self.nodes, self.services)
        self.control = HttpServer(Control(self.world, self.board, self.credentials.control_token).app())

    async def __aenter__(self) -> Simulation:
        self._files = PrivateDirectory()
        try:
            for target in self.board.targets:
                await target.start()
            await self.control.start()
            self.whereabouts = self._write_secrets()
        except BaseException:
            await self._close()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._close()

    def write_configuration(self, path: Path) -> None:
        """The file that the console reads. Raises `OSError`."""
        replace_privately(path, configuration.text(self.whereabouts))

    async def _close(self) -> None:
        """Everything at once, and nothing may keep the rest from closing."""
        try:
            closing = [target.close() for target in self.board.targets]
            await asyncio.gather(*closing, self.control.close(), return_exceptions=True)
        finally:
            self._files.remove()

    def _write_secrets(self) -> Whereabouts:
        keys, files = self.credentials, self._files
        hosts = "".join(known_hosts_line(node.port.number, node.host_key) for node in self.nodes)
        return Whereabouts(
            ssh_ports={node.name: node.port.number for node in self.nodes},
            urls={service.name: service.server.url for service in self.services},
            identity=files.write("id_ed25519", keys.user_key.export_private_key("openssh")),
            known_hosts=files.write("known_hosts", hosts),
            key_files={
                "tabbyapi": files.write("tabbyapi.key", keys.tabby.admin),
                "litellm": files.write("litellm.key", keys.litellm_master),
            },
            control=self.control.url,
            token_file=files.write("control.token", keys.control_token),
        )
