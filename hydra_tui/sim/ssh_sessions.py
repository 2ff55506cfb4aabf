"""What happens inside an SSH session of a simulated host."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import asyncssh

from hydra_tui.hosts.script import is_sampling_command
from hydra_tui.sim import ssh_commands
from hydra_tui.sim.host import Host

SLOW_S = 1.8
"""By so much each frame and each answer is late, while the node is slow."""


class Sessions:
    """Every session of one host."""

    def __init__(self, host: Host) -> None:
        self.late_s = 0.0
        """By how much each frame and each answer is late."""
        self._host = host

    async def serve(self, process: asyncssh.SSHServerProcess[str]) -> None:
        """One command: the sampling loop, or one of the few that end by themselves."""
        command = process.command or ""
        interval_s = is_sampling_command(command)
        with suppress(asyncssh.Error, OSError):
            if interval_s is None:
                await self._answer(process, ssh_commands.unwrapped(command))
            else:
                await self._sample(process, interval_s)

    async def _answer(self, process: asyncssh.SSHServerProcess[str], command: str) -> None:
        await asyncio.sleep(self.late_s)
        out, err, status = ssh_commands.answer(self._host, command)
        process.stdout.write(out)
        process.stderr.write(err)
        process.exit(status)

    async def _sample(self, process: asyncssh.SSHServerProcess[str], interval_s: float) -> None:
        """Frames until the channel or its standard input ends."""
        printing = asyncio.create_task(self._print(process, interval_s))
        try:
            while await process.stdin.read(1024):
                pass
        finally:
            printing.cancel()
            with suppress(asyncio.CancelledError, asyncssh.Error, OSError):
                await printing
            process.exit(0)

    async def _print(self, process: asyncssh.SSHServerProcess[str], interval_s: float) -> None:
        async for text in ssh_commands.frames(self._host, interval_s, lambda: self.late_s):
            process.stdout.write(text)
            await process.stdout.drain()
