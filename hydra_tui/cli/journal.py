"""Where our own log goes: a screen or a pipe is no place for it."""

from __future__ import annotations

import logging
import os

VARIABLE = "HYDRA_TUI_LOG"
"""Names a file that gets our log; without it there is none."""


def keep_journal() -> None:
    """Log to the file that was asked for, and nowhere else."""
    path = os.environ.get(VARIABLE)
    handler: logging.Handler = logging.FileHandler(path, encoding="utf-8") if path else logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)
    # asyncssh and httpx tell of every connection at INFO: of use to nobody who looks for our faults.
    logging.getLogger("hydra_tui").setLevel(logging.INFO)
