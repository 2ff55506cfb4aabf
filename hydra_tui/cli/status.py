"""`hydra-tui status`: is everything up?"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from hydra_tui.cli import exits
from hydra_tui.cli.options import config_option, json_option, patience_option


@click.command()
@config_option
@json_option
@patience_option
def status(config: Path | None, as_json: bool, timeout_s: float) -> None:
    """Every node and service in a line; exits 0 when all are up, 1 when something is not."""
    from hydra_tui.cli.look import look
    from hydra_tui.cli.output import print_json, print_lines
    from hydra_tui.core.state import State
    from hydra_tui.present.records import cluster_record
    from hydra_tui.present.summary import summary

    cluster = look(config, timeout_s)
    if as_json:
        print_json(cluster_record(cluster))
    else:
        print_lines(summary(cluster))
    sys.exit(exits.OK if cluster.state is State.UP else exits.NOT_UP)
