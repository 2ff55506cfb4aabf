"""`hydra-tui doctor`: what is in the way, and what mends it."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hydra_tui.cli import exits
from hydra_tui.cli.options import config_option, json_option

if TYPE_CHECKING:
    from hydra_tui.config.load import Loaded
    from hydra_tui.config.schema_nodes import NodeConfig
    from hydra_tui.core.checks import Check

    Checklist = tuple[str, tuple[Check, ...]]
    Show = Callable[[str, tuple[Check, ...]], None]


@click.command()
@click.argument("nodes", nargs=-1, metavar="[NODE]...")
@config_option
@json_option
def doctor(nodes: tuple[str, ...], config: Path | None, as_json: bool) -> None:
    """Examine the configuration and every node, or those named; exits 1 when something is bad.

    Changes nothing. Under each row that is not as it should be stands the command that mends it.
    """
    from hydra_tui.cli.output import print_json, print_lines
    from hydra_tui.core.checks import Verdict, count
    from hydra_tui.present.checklist import checklist_block, doctor_record, tally

    def show(name: str, checks: tuple[Check, ...]) -> None:
        if not as_json:
            print_lines([*checklist_block(name, checks), ()])

    configuration, *examined = asyncio.run(_examine(config, nodes, show))
    everything = [check for _, checks in (configuration, *examined) for check in checks]
    if as_json:
        print_json(doctor_record(time.time(), configuration[1], examined))
    else:
        print_lines([tally(everything)])
    sys.exit(exits.NOT_UP if count(everything, Verdict.BAD) else exits.OK)


async def _examine(config: Path | None, names: Sequence[str], show: Show) -> list[Checklist]:
    """The configuration's checklist, then those of nodes; each is shown as soon as it is there."""
    from hydra_tui.config import paths
    from hydra_tui.wiring import load_config
    from hydra_tui.wiring.examination import examine_nodes, examine_this_machine

    path = paths.find(config)
    loaded = load_config(path) if path else None
    nodes = _chosen(loaded.config.nodes if loaded else (), names)
    found = [("configuration", await _configuration(loaded))]
    show(*found[0])
    examinations = examine_nodes(loaded.config, nodes) if loaded else examine_this_machine()
    async for examined in examinations:
        show(*examined)
        found.append(examined)
    return found


async def _configuration(loaded: Loaded | None) -> tuple[Check, ...]:
    """A row per problem with options, secrets, the theme and names."""
    from hydra_tui.config.paths import default_path
    from hydra_tui.core.checks import bad, not_applicable, ok
    from hydra_tui.wiring.check import check

    if loaded is None:
        return (not_applicable("configuration", f"none at {default_path()}: only this machine is examined"),)
    # `cmd:` references may ring a security token: `config check --run-commands` is for those.
    problems = await check(loaded, run_commands=False)
    rows = tuple(bad("configuration", str(problem)) for problem in problems)
    return rows or (ok("configuration", f"{loaded.places.path}: fine"),)


def _chosen(nodes: Sequence[NodeConfig], names: Sequence[str]) -> list[NodeConfig]:
    """The nodes that were asked for, or all. Raises `UsageError` for one that is not there."""
    from hydra_tui.core.nearest import did_you_mean

    known = {node.name: node for node in nodes}
    for name in names:
        if name not in known:
            raise click.UsageError(f"no node `{name}` in the configuration{did_you_mean(name, known)}")
    return [known[name] for name in dict.fromkeys(names)] if names else list(nodes)
