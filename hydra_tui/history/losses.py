"""What could not be kept, counted by its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from threading import Lock

QUEUE_FULL = "readings came faster than they could be written"
OUR_FAULT = "a fault of hydra-tui, told in its log"
TOO_MANY_SERIES = "more series than one file may hold (values, not readings)"


class Losses:
    """Counted by any thread, written down by the one that writes."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._untold: Counter[str] = Counter()

    def add(self, reason: str, count: int) -> bool:
        """Count readings; whether that reason is new since the last `take`."""
        with self._lock:
            fresh = reason not in self._untold
            self._untold[reason] += count
        return fresh

    def take(self) -> Mapping[str, int]:
        """What was counted since the last time: the taker writes it down, or adds it again."""
        with self._lock:
            taken, self._untold = self._untold, Counter()
        return taken
