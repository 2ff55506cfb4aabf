"""`hydra-tui sim`: a simulated cluster of real servers on loopback, and incidents on cue."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path
from threading import Thread

import click

from hydra_tui.cli.options import config_option


@click.group(invoke_without_command=True)
@config_option
@click.option(
    "--write-config",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Run a simulated cluster and write the configuration that reaches it.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed makes the same world.")
@click.option("--frozen-at", type=float, help="Hold the world still at this second, for pictures.")
@click.option("--until-eof", is_flag=True, hidden=True, help="End when stdin does: whoever held it is gone.")
@click.pass_context
def sim(
    ctx: click.Context,
    config: Path | None,
    write_config: Path | None,
    seed: int,
    frozen_at: float | None,
    until_eof: bool,
) -> None:
    """Run a simulated cluster until Ctrl-C; prints `ready` once it can be reached."""
    if ctx.invoked_subcommand is not None:
        return
    if write_config is None:
        raise click.UsageError("say where to write the configuration: --write-config FILE")
    from hydra_tui.cli.extras import need_demo

    need_demo()
    from hydra_tui.core.errors import ConfigError
    from hydra_tui.sim.run import run

    if until_eof:
        Thread(target=_end_with_stdin, daemon=True).start()
    try:
        asyncio.run(run(write_config, seed, lambda: click.echo("ready"), frozen_at=frozen_at))
    except OSError as error:
        raise ConfigError(f"{write_config}: cannot be written: {error.strerror}") from error


def _end_with_stdin() -> None:
    """A demo that is killed outright leaves no cluster behind: its end of the pipe closes."""
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)


@sim.command()
@config_option
@click.argument("target")
@click.argument("kind", nargs=-1, required=True)
def fault(config: Path | None, target: str, kind: tuple[str, ...]) -> None:
    """Let TARGET (a node or service) fail in the way KIND.

    Services: kill slow hang garbage unauthorised error. Nodes: unreachable changed-host-key hang slow.
    """
    from hydra_tui.sim import remote_control
    from hydra_tui.sim.faults import FaultRefused

    control, token = _running(config)
    try:
        name, what = asyncio.run(remote_control.fault(control, token, target, " ".join(kind)))
    except FaultRefused as error:
        raise click.UsageError(str(error)) from error
    click.echo(f"{name}: {what}")


@sim.command()
@config_option
@click.argument("target", required=False)
def heal(config: Path | None, target: str | None) -> None:
    """Make TARGET, or everything, well again."""
    from hydra_tui.sim import remote_control

    control, token = _running(config)
    healed = asyncio.run(remote_control.heal(control, token, target))
    click.echo(f"healed: {', '.join(healed)}" if healed else "nothing was failing")


@sim.command()
@config_option
def status(config: Path | None) -> None:
    """What is failing on purpose, and what could."""
    from hydra_tui.sim import remote_control

    control, token = _running(config)
    state = asyncio.run(remote_control.state(control, token))
    click.echo(f"seed {state.seed}, {state.time_s:.0f} s old")
    for target in state.targets:
        click.echo(f"{target.name:<16}{target.fault or '-':<18}can: {' '.join(target.faults)}")


def _running(config: Path | None) -> tuple[str, str]:
    """Where the running simulation takes orders, and the token it wants."""
    from hydra_tui.config import paths
    from hydra_tui.config.secrets import resolve
    from hydra_tui.core.errors import ConfigError
    from hydra_tui.wiring import load_config

    path = paths.find(config)
    simulation = load_config(path).config.simulation if path else None
    if simulation is None:
        raise ConfigError("not the configuration of a simulation; give -c FILE that `hydra-tui sim` wrote")
    return simulation.control, resolve(simulation.token)
