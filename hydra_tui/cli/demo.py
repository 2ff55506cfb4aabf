"""`hydra-tui demo`: the console on a simulated cluster of its own."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from hydra_tui.engine.engine import Engine

READY_S = 30.0
FAREWELL_S = 3.0


@click.command()
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed makes the same world.")
@click.option("--theme", help="Colours: dark, light or another of themes/.")
@click.option("--ascii", "ascii_only", is_flag=True, help="Draw with ASCII characters only.")
def demo(seed: int, theme: str | None, ascii_only: bool) -> None:
    """Open the console on a simulated cluster; nothing real is touched."""
    from hydra_tui.cli.console import run_console
    from hydra_tui.cli.extras import need_demo

    need_demo()
    run_console(lambda: _simulated(seed), theme, ascii_only=ascii_only)


@asynccontextmanager
async def _simulated(seed: int) -> AsyncIterator[Engine]:
    """A simulation in a process of its own, so that it takes no time from the face, and an engine on it."""
    from hydra_tui.wiring import watch

    with TemporaryDirectory(prefix="hydra-demo-") as folder:
        config = Path(folder) / "config.yaml"
        async with _process(config, seed), watch(config) as engine:
            yield engine


@asynccontextmanager
async def _process(config: Path, seed: int) -> AsyncIterator[None]:
    command = [sys.executable, "-m", "hydra_tui", "sim", "--until-eof"]
    command += ["--write-config", str(config), "--seed", str(seed)]
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, stderr=pipe)
    try:
        await _ready(process)
        yield
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        try:
            async with asyncio.timeout(FAREWELL_S):
                await process.communicate()
        except TimeoutError:
            process.kill()


async def _ready(process: asyncio.subprocess.Process) -> None:
    from hydra_tui.core.errors import ConnectionLost

    assert process.stdout is not None
    assert process.stderr is not None
    async with asyncio.timeout(READY_S):
        line = await process.stdout.readline()
        if line.strip() != b"ready":
            words = (await process.stderr.read(2000)).decode(errors="replace").strip().splitlines()
            raise ConnectionLost(f"the simulation did not start: {words[-1] if words else 'no reason given'}")
