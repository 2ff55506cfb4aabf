"""`hydra-tui nodes`: every machine and its GPUs, once or for as long as it is watched."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hydra_tui.cli.options import config_option, json_option, patience_option

if TYPE_CHECKING:
    from hydra_tui.core.cluster import Cluster
    from hydra_tui.present.records import Record

CELLS = 118
INTERVAL_S = 2.0


@click.command()
@config_option
@json_option
@patience_option
@click.option("--watch", is_flag=True, help="Go on until Ctrl-C; with --json an object a line.")
@click.option(
    "--interval",
    "interval_s",
    type=click.FloatRange(0.1, 86_400),
    help=f"Seconds between two looks of --watch, unless something happened.  [default: {INTERVAL_S}]",
)
def nodes(
    config: Path | None, as_json: bool, timeout_s: float, watch: bool, interval_s: float | None
) -> None:
    """Every node with its processors, memory, disks and GPUs."""
    if watch:
        from hydra_tui.cli.following import follow

        follow(config, interval_s or INTERVAL_S, timeout_s, _print_json_line if as_json else _print_block)
        return
    if interval_s is not None:
        raise click.UsageError("--interval is the pace of --watch")
    from hydra_tui.cli.look import look
    from hydra_tui.cli.output import print_json

    cluster = look(config, timeout_s)
    if as_json:
        print_json(_record(cluster))
    else:
        _print(cluster)


def _record(cluster: Cluster) -> Record:
    from hydra_tui.present.records import node_record
    from hydra_tui.present.units import rfc3339

    records = [node_record(node, cluster.services) for node in cluster.nodes]
    return {"cluster": cluster.name, "at": rfc3339(cluster.at), "nodes": records}


def _print(cluster: Cluster) -> None:
    from hydra_tui.cli.output import print_lines
    from hydra_tui.present.node_rows import name_cells, node_picture
    from hydra_tui.present.view import View

    width = name_cells(cluster.nodes)
    for node in cluster.nodes:
        print_lines(node_picture(node, CELLS, View(cluster.at), width).lines)


def _print_block(cluster: Cluster) -> None:
    """The time, the nodes, an empty line."""
    from hydra_tui.present.units import clock

    click.echo(f"{cluster.name} at {clock(cluster.at)}")
    _print(cluster)
    click.echo()


def _print_json_line(cluster: Cluster) -> None:
    from hydra_tui.cli.output import print_json_line

    print_json_line(_record(cluster))
