"""`hydra-tui kinds`: what can be watched."""

from __future__ import annotations

import click

from hydra_tui.cli.options import json_option


@click.command()
@json_option
def kinds(as_json: bool) -> None:
    """Every kind of service this installation knows."""
    from hydra_tui.adapters.base import catalogue
    from hydra_tui.cli.output import print_json, print_lines
    from hydra_tui.present.cells import Line, Run, cut
    from hydra_tui.present.roles import Role

    known = [catalogue.load(name) for name in catalogue.names()]
    if as_json:
        fields = ("name", "title", "layer", "default_port", "auth", "summary", "options")
        print_json({"kinds": [{field: getattr(kind, field) for field in fields} for kind in known]})
        return
    lines: list[Line] = [
        (
            Run(cut(kind.name, 12), Role.STRONG),
            Run(cut(kind.title, 14)),
            Run(str(kind.default_port or "").rjust(6) + "  ", Role.MUTED),
            Run(kind.summary, Role.MUTED),
        )
        for kind in known
    ]
    print_lines(lines)
