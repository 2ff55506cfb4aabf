"""Where a cluster's history is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hydra_tui.config.paths import default_history_path
from hydra_tui.config.schema import Config
from hydra_tui.config.schema_history import HistoryConfig


@dataclass(frozen=True, slots=True)
class HistoryPlace:
    """A file, how large it may grow, and whether it is written at all."""

    file: Path
    size_bytes: int
    record: bool


def history_place(config: Config | None) -> HistoryPlace | None:
    """Of this machine alone without a configuration; of a simulated cluster only where it names a file."""
    wanted = config.history if config else HistoryConfig()
    simulated = config is not None and config.simulation is not None
    if wanted.file is None and simulated:
        return None
    return HistoryPlace(wanted.file or default_history_path(), wanted.size, wanted.record)
