"""Where each key of one file stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hydra_tui.config.problems import KeyPath, Problem

Marks = Mapping[KeyPath, tuple[int, int]]
"""(line, column) of each key and list entry, both from 1."""


@dataclass(frozen=True, slots=True)
class Places:
    """One file and the positions in it, kept so that later checks can point at a line too."""

    path: Path
    marks: Marks

    def of(self, key: KeyPath) -> tuple[int, int]:
        """(line, column) of `key`, or of the nearest thing around it that is written down."""
        while key and key not in self.marks:
            key = key[:-1]
        return self.marks.get(key, (1, 1))

    def problem(self, key: KeyPath, message: str, fix: str = "") -> Problem:
        """A problem of the value at `key`."""
        line, column = self.of(key)
        return Problem(str(self.path), line, column, key, message, fix)
