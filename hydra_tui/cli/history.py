"""`hydra-tui history`: one number over time, out of what the console recorded."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hydra_tui.cli.options import config_option, json_option

if TYPE_CHECKING:
    from hydra_tui.cli.history_answer import Answer
    from hydra_tui.history.series_key import SeriesKey

LONGEST_S = 730 * 86400.0
POINTS = 100
SHORTEST_STRETCH_S = 10.0
"""Shorter than the interval of a target, a stretch is blank although all is well."""


class Since(click.ParamType[float]):
    """`90s`, `30m`, `1h`, `7d`."""

    name = "duration"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        from hydra_tui.config.quantities import duration
        from hydra_tui.config.wrong_value import WrongValueError

        try:
            return duration(value, 10.0, LONGEST_S)
        except WrongValueError as error:
            self.fail(f"`{value}` {error.message}; {error.fix}", param, ctx)


@click.command()
@click.argument("name")
@config_option
@json_option
@click.option("--gpu", type=click.IntRange(0, 255), help="Of this GPU, by the driver's index.")
@click.option("--disk", help="Of the disk at this mount point.")
@click.option("--metric", help="Which number; a wrong one is answered with those there are.")
@click.option("--since", "span_s", type=Since(), default="1h", show_default=True, help="How far back.")
@click.option(
    "--points",
    type=click.IntRange(1, 2000),
    help=f"In how many stretches of time: {POINTS}, or less where one would be too short to hold a reading.",
)
def history(
    name: str,
    config: Path | None,
    as_json: bool,
    gpu: int | None,
    disk: str | None,
    metric: str | None,
    span_s: float,
    points: int | None,
) -> None:
    """How a number of the node or service NAME went: least, mean and most of each stretch of time.

    The console records while it is open. A chart shows the peaks.
    """
    from hydra_tui.cli.history_answer import Question, ask
    from hydra_tui.present.history_lines import Span

    now = time.time()
    if gpu is not None and disk is not None:
        raise click.UsageError("give --gpu or --disk, not both")
    points = points or min(_most_points(as_json), int(span_s // SHORTEST_STRETCH_S))
    answer = ask(config, Question(name, gpu, disk, metric, Span(now - span_s, now, points)))
    (_print_record if as_json else _print_chart)(answer)


def _most_points(as_json: bool) -> int:
    """A chart is no wider than its terminal."""
    from hydra_tui.cli.output import table_cells
    from hydra_tui.present.history_lines import LABEL_CELLS

    return POINTS if as_json else max(1, min(POINTS, table_cells() - LABEL_CELLS))


def _print_record(answer: Answer) -> None:
    from hydra_tui.cli.output import print_json
    from hydra_tui.present.history_record import history_record

    key = answer.key
    record = history_record(answer.points, answer.span, answer.events, answer.lost)
    print_json({"name": key.subject, "part": key.part or None, "metric": key.metric, **record})


def _print_chart(answer: Answer) -> None:
    from hydra_tui.cli.output import print_lines
    from hydra_tui.present.event_rows import event_row
    from hydra_tui.present.glyphs import BLOCK
    from hydra_tui.present.history_lines import history_lines

    lines = history_lines(_title(answer.key), answer.key.metric, answer.points, answer.span, BLOCK)
    print_lines([*lines, *map(event_row, answer.events)])
    for reason, count in answer.lost.items():
        click.echo(f"{count} readings could not be kept: {reason}", err=True)


def _title(key: SeriesKey) -> str:
    return f"{key.subject} {key.part}".rstrip()
