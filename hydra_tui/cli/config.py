"""`hydra-tui config`: where it is, whether it is right, what it says."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from hydra_tui.cli.options import config_option


@click.group()
def config() -> None:
    """The configuration file."""


@config.command()
@config_option
def path(config: Path | None) -> None:
    """Print which file is used, or would be."""
    from hydra_tui.config import paths

    found = paths.find(config)
    click.echo(str(found or paths.default_path()))
    if found is None:
        click.echo("there is none yet: `hydra-tui config init` writes an example", err=True)


@config.command()
@config_option
@click.option("--run-commands", is_flag=True, help="Also run `cmd:` references.")
def check(config: Path | None, run_commands: bool) -> None:
    """Report every problem with its file, line, key and the way out; exits 3 when there is one."""
    from hydra_tui.config.problems import ConfigProblems
    from hydra_tui.wiring import load_config
    from hydra_tui.wiring.check import check as find_problems

    loaded = load_config(_existing(config))
    problems = asyncio.run(find_problems(loaded, run_commands=run_commands))
    if problems:
        raise ConfigProblems(problems)
    nodes, services = len(loaded.config.nodes), len(loaded.config.services)
    click.echo(f"{loaded.places.path}: fine ({nodes} nodes, {services} services)")


@config.command(name="print")
@config_option
def print_(config: Path | None) -> None:
    """Print the configuration as it is understood, defaults included; secrets stay references."""
    import yaml

    from hydra_tui.wiring import load_config

    loaded = load_config(_existing(config))
    data = loaded.config.model_dump(mode="json", exclude_none=True)
    click.echo(yaml.safe_dump(data, sort_keys=False, allow_unicode=True), nl=False)


@config.command()
def schema() -> None:
    """Print the JSON Schema, for editors."""
    from hydra_tui.adapters.base import catalogue
    from hydra_tui.cli.output import print_json
    from hydra_tui.config.schema_json import json_schema

    print_json(json_schema(catalogue.names()))


@config.command()
@config_option
def init(config: Path | None) -> None:
    """Write the commented example where the configuration is looked for; never over an existing file."""
    from hydra_tui.config.example import example_text
    from hydra_tui.config.paths import default_path
    from hydra_tui.core.errors import ConfigError

    target = config or default_path()
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with target.open("x", encoding="utf-8") as file:
            file.write(example_text())
    except FileExistsError:
        raise ConfigError(f"{target} is already there; it was not touched") from None
    click.echo(f"wrote {target}: now edit it, then `hydra-tui config check`", err=True)


def _existing(explicit: Path | None) -> Path:
    from hydra_tui.config import paths
    from hydra_tui.core.errors import ConfigError

    found = paths.find(explicit)
    if found is None:
        raise ConfigError(f"no configuration at {paths.default_path()}; `hydra-tui config init` writes one")
    return found
