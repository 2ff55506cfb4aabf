"""`hydra-tui models`: every model of every engine."""

from __future__ import annotations

from pathlib import Path

import click

from hydra_tui.cli.options import config_option, json_option, patience_option


@click.command()
@config_option
@json_option
@patience_option
def models(config: Path | None, as_json: bool, timeout_s: float) -> None:
    """Every model: where it is, whether it is in memory, what reaches it."""
    from hydra_tui.cli.look import look
    from hydra_tui.cli.output import print_json, print_table, table_cells
    from hydra_tui.present.model_rows import model_columns, model_rows
    from hydra_tui.present.records import models_record
    from hydra_tui.present.view import View

    cluster = look(config, timeout_s)
    if as_json:
        print_json(models_record(cluster))
        return
    rows = model_rows(cluster)
    print_table(model_columns(rows, table_cells(), View(cluster.at)), rows)
