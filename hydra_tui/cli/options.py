"""The options that several verbs share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


def _remember(ctx: click.Context, parameter: click.Parameter, value: Path | None) -> Path | None:
    """`-c` may stand before the verb or behind it; the one nearest to the verb counts."""
    if value is not None:
        ctx.meta["hydra_tui.config"] = value
    found = ctx.meta.get("hydra_tui.config")
    return found if isinstance(found, Path) else None


def config_option(command: Decorated) -> Decorated:
    """`-c FILE`."""
    return click.option(
        "-c",
        "--config",
        "config",
        type=click.Path(path_type=Path),
        callback=_remember,
        help="The configuration to use.",
    )(command)


def json_option(command: Decorated) -> Decorated:
    """`--json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")(command)


def patience_option(command: Decorated) -> Decorated:
    """`--timeout SECONDS`."""
    return click.option(
        "--timeout",
        "timeout_s",
        type=click.FloatRange(0.1, 300),
        default=15.0,
        show_default=True,
        help="Seconds to wait for first readings.",
    )(command)
