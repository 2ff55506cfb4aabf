"""From the words of a command line to a series, and what the history says of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from hydra_tui.config import paths
from hydra_tui.core.errors import HistoryError
from hydra_tui.core.events import Event
from hydra_tui.core.nearest import did_you_mean
from hydra_tui.history.reader import Point, opened
from hydra_tui.history.series_key import SeriesKey, disk_part, gpu_part
from hydra_tui.present.history_lines import Span
from hydra_tui.wiring import load_config
from hydra_tui.wiring.history_place import history_place

FIRST_CHOICE = ("cpu_percent", "latency_s", "utilisation_percent", "used_bytes", "up")
"""The metric that is meant when none is named: the first that there is."""


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked for."""

    name: str
    gpu: int | None
    disk: str | None
    metric: str | None
    span: Span

    @property
    def part(self) -> str:
        """Of the node or service."""
        if self.gpu is not None:
            return gpu_part(self.gpu)
        return "" if self.disk is None else disk_part(self.disk)


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of it."""

    key: SeriesKey
    span: Span
    points: Sequence[Point]
    events: Sequence[Event]
    lost: Mapping[str, int]


def ask(config: Path | None, question: Question) -> Answer:
    """Raises `HistoryError` when there is no history, `UsageError` when it knows no such series."""
    span = question.span
    with opened(_file(config)) as history:
        key = chosen(history.keys(), question)
        points = history.read(key, span.since, span.until, span.points)
        events = history.events(key.subject, span.since, span.until)
        return Answer(key, span, points, events, history.losses())


def _file(config: Path | None) -> Path:
    path = paths.find(config)
    place = history_place(load_config(path).config if path else None)
    if place is None:
        raise HistoryError("a simulated cluster is recorded only when its configuration names `history.file`")
    return place.file


def chosen(keys: Sequence[SeriesKey], question: Question) -> SeriesKey:
    """The series that is asked for."""
    here = [key for key in keys if key.subject == question.name]
    if not here:
        raise _unknown("nothing is recorded of", question.name, [key.subject for key in keys])
    parts = [key for key in here if key.part == question.part]
    if not parts:
        raise _unknown(f"{question.name} has no recorded", question.part, [key.part for key in here])
    metrics = {key.metric: key for key in parts}
    if question.metric is None:
        return next((metrics[name] for name in FIRST_CHOICE if name in metrics), parts[0])
    if question.metric not in metrics:
        raise _unknown(f"{question.name} has no recorded metric", question.metric, list(metrics))
    return metrics[question.metric]


def _unknown(what: str, name: str, known: Sequence[str]) -> click.UsageError:
    names = [each for each in dict.fromkeys(known) if each]
    hint = did_you_mean(name, names) or (f"; there is {', '.join(names)}" if names else "")
    return click.UsageError(f"{what} `{name}`{hint}")
