"""Batches of readings on their way into the file, whatever becomes of the file."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from pathlib import Path

from hydra_tui.core.errors import HistoryError
from hydra_tui.core.events import Event
from hydra_tui.core.readings import Reading
from hydra_tui.history.faults import in_words
from hydra_tui.history.losses import TOO_MANY_SERIES, Losses
from hydra_tui.history.measures import measures
from hydra_tui.history.sole_writer import SoleWriter
from hydra_tui.history.writer import Writer

log = logging.getLogger(__name__)

TIDY_EVERY_S = 60.0

Entry = tuple[Reading, Sequence[Event]]
"""A reading and the news that it made."""


class Recording:
    """Writes while nobody else does. Of several consoles on one file the first one records; when it
    ends, the next one that has a batch takes over. A fault closes the file, and the next batch opens it
    anew: a disk that has room again, or a file that was moved away, mends itself.
    """

    def __init__(self, path: Path, size_bytes: int, losses: Losses) -> None:
        self._path = path
        self._size_bytes = size_bytes
        self._losses = losses
        self._claim = SoleWriter(path)
        self._writer: Writer | None = None
        self._tidied_at: float | None = None

    def keep(self, batch: Sequence[Entry], now: float) -> None:
        """Write a batch, or count it as lost with the reason. `now` is seconds since the epoch."""
        lost = self._losses.take()
        try:
            if (writer := self._open()) is None:
                return
            self._write(writer, batch, lost, now)
        except HistoryError as error:
            for reason, count in lost.items():
                self._losses.add(reason, count)
            if self._losses.add(str(error), len(batch)):
                log.warning("history is being lost: %s", error)
            self._shut()
        else:
            self._tidy(writer, now)

    def close(self) -> None:
        """Let go of the file and of the claim to it."""
        self._shut()
        self._claim.release()

    def _open(self) -> Writer | None:
        with in_words(self._path):
            if not self._claim.claim():
                return None
        if self._writer is not None and self._writer.is_astray():
            self._shut()
        if self._writer is None:
            self._writer = Writer(self._path)
        return self._writer

    def _write(self, writer: Writer, batch: Sequence[Entry], lost: Mapping[str, int], now: float) -> None:
        values = (measure for reading, _ in batch for measure in measures(reading))
        events = (event for _, news in batch for event in news)
        if refused := writer.write(values, events, lost, now):
            self._losses.add(TOO_MANY_SERIES, refused)

    def _tidy(self, writer: Writer, now: float) -> None:
        # A clock that was put back must not keep the house untidy until it is where it was.
        if self._tidied_at is not None and 0 <= now - self._tidied_at < TIDY_EVERY_S:
            return
        self._tidied_at = now
        try:
            writer.tidy(now, self._size_bytes)
        except HistoryError as error:
            log.warning("the history could not be tidied: %s", error)
            self._shut()

    def _shut(self) -> None:
        if self._writer is not None:
            self._writer.close()
            self._writer = None
