"""The sparklines of the time before this engine, out of the history."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from itertools import count, takewhile
from pathlib import Path

from hydra_tui.core.cluster import Node, Service
from hydra_tui.core.errors import HistoryError
from hydra_tui.core.series import Series
from hydra_tui.engine.memory import Recall
from hydra_tui.history.measures import LATENCY
from hydra_tui.history.reader import opened
from hydra_tui.history.series_key import SeriesKey, gpu_part

log = logging.getLogger(__name__)

CPU = "cpu_percent"
UTILISATION = "utilisation_percent"
SHOWN = frozenset({CPU, UTILISATION, LATENCY})


def recalling(path: Path, now: float) -> Recall:
    """What fills the sparklines of targets as of `now`; of a history that cannot be read, nothing."""
    known = _recent(path, now)

    def recall(seed: Node | Service) -> Node | Service:
        return _node(seed, known) if isinstance(seed, Node) else _service(seed, known)

    return recall


def _recent(path: Path, now: float) -> Mapping[SeriesKey, Series]:
    found: defaultdict[SeriesKey, Series] = defaultdict(Series)
    blank = Series()
    if not path.exists():
        return found
    try:
        with opened(path) as history:
            for key, at, value in history.recent(now - blank.keep * blank.bucket_s, now):
                if key.metric in SHOWN:
                    found[key] = found[key].add(at, value)
    except HistoryError as error:
        log.warning("nothing is recalled: %s", error)
    return dict(found)


def _node(seed: Node, known: Mapping[SeriesKey, Series]) -> Node:
    keys = (SeriesKey(seed.name, UTILISATION, gpu_part(index)) for index in count())
    gpus = tuple(known[key] for key in takewhile(known.__contains__, keys))
    return replace(seed, cpu=known.get(SeriesKey(seed.name, CPU), seed.cpu), gpu_utilisation=gpus)


def _service(seed: Service, known: Mapping[SeriesKey, Series]) -> Service:
    return replace(seed, latency=known.get(SeriesKey(seed.name, LATENCY), seed.latency))
