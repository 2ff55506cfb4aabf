"""`hydra-tui services`: every service and what it says of itself."""

from __future__ import annotations

from pathlib import Path

import click

from hydra_tui.cli.options import config_option, json_option, patience_option


@click.command()
@config_option
@json_option
@patience_option
def services(config: Path | None, as_json: bool, timeout_s: float) -> None:
    """Every service with its state, latency, version and facts."""
    from hydra_tui.cli.look import look
    from hydra_tui.cli.output import print_json, print_table
    from hydra_tui.present.records import service_record
    from hydra_tui.present.service_table import service_columns
    from hydra_tui.present.units import rfc3339

    cluster = look(config, timeout_s)
    if as_json:
        records = [service_record(service) for service in cluster.services]
        print_json({"cluster": cluster.name, "at": rfc3339(cluster.at), "services": records})
        return
    print_table(service_columns(cluster.at), cluster.services)
