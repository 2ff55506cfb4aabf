"""Takes readings out of the engine's loop, into the history, without ever making it wait."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread

from hydra_tui.core.events import Event
from hydra_tui.core.readings import Reading
from hydra_tui.history.losses import OUR_FAULT, QUEUE_FULL, Losses
from hydra_tui.history.recording import Entry, Recording

log = logging.getLogger(__name__)

BATCH_S = 2.0
"""Readings of so long are one transaction: what a kill may lose."""

MOST_WAITING = 5000
"""Readings; a disk that stalls must not fill the memory."""

FAREWELL_S = 3.0


class Recorder:
    """Collects readings in a thread of its own, which alone knows the file.

    Several consoles may be told to record into one file: the first one does, the others stand by.
    """

    def __init__(self, path: Path, size_bytes: int, now: Callable[[], float]) -> None:
        """`now` tells seconds since the epoch."""
        self._losses = Losses()
        self._recording = Recording(path, size_bytes, self._losses)
        self._now = now
        self._waiting: SimpleQueue[Entry | None] = SimpleQueue()
        self._thread = Thread(target=self._run, name="history", daemon=True)

    def start(self) -> None:
        """Begin to write what is recorded."""
        self._thread.start()

    def record(self, reading: Reading, news: Sequence[Event]) -> None:
        """Keep a reading and its news, soon. Never waits, never raises: what finds no room is counted."""
        if self._waiting.qsize() < MOST_WAITING:
            self._waiting.put((reading, news))
        else:
            self._losses.add(QUEUE_FULL, 1)

    def close(self) -> None:
        """Write what is left, if that does not take long."""
        self._waiting.put(None)
        self._thread.join(FAREWELL_S)

    def _run(self) -> None:
        try:
            going_on = True
            while going_on:
                batch, going_on = self._collect()
                self._keep(batch)
        finally:
            self._recording.close()

    def _keep(self, batch: Sequence[Entry]) -> None:
        if not batch:
            return
        try:
            self._recording.keep(batch, self._now())
        except Exception:  # a fault of ours costs this batch, not the recording
            log.exception("recording %d readings", len(batch))
            self._losses.add(OUR_FAULT, len(batch))

    def _collect(self) -> tuple[list[Entry], bool]:
        """A batch that begins with the next reading, and whether there is more to come."""
        batch: list[Entry] = []
        entry = self._waiting.get()
        until = time.monotonic() + BATCH_S
        while entry is not None:
            batch.append(entry)
            if len(batch) == MOST_WAITING:
                return batch, True
            try:
                entry = self._waiting.get(timeout=max(0.0, until - time.monotonic()))
            except Empty:
                return batch, True
        return batch, False
