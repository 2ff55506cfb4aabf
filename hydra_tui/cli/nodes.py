"""`hydra-tui nodes`: every machine and its GPUs."""

from __future__ import annotations

from pathlib import Path

import click

from hydra_tui.cli.options import config_option, json_option, patience_option

CELLS = 118


@click.command()
@config_option
@json_option
@patience_option
def nodes(config: Path | None, as_json: bool, timeout_s: float) -> None:
    """Every node with its processors, memory, disks and GPUs."""
    from hydra_tui.cli.look import look
    from hydra_tui.cli.output import print_json, print_lines
    from hydra_tui.present.node_rows import name_cells, node_picture
    from hydra_tui.present.records import node_record
    from hydra_tui.present.units import rfc3339
    from hydra_tui.present.view import View

    cluster = look(config, timeout_s)
    if as_json:
        records = [node_record(node) for node in cluster.nodes]
        print_json({"cluster": cluster.name, "at": rfc3339(cluster.at), "nodes": records})
        return
    width = name_cells(cluster.nodes)
    for node in cluster.nodes:
        print_lines(node_picture(node, CELLS, View(cluster.at), width).lines)
