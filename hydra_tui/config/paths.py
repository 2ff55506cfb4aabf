"""Which file is the configuration, and which the history."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_config_path, user_state_path

from hydra_tui.config.problems import ConfigProblems, Problem

VARIABLE = "HYDRA_TUI_CONFIG"
"""Names the file when the command line does not."""


def default_path() -> Path:
    """Where the configuration is looked for last: `~/.config/hydra-tui/config.yaml` on Linux."""
    return user_config_path("hydra-tui", appauthor=False) / "config.yaml"


def default_history_path() -> Path:
    """Where the history is kept: `~/.local/state/hydra-tui/history.db` on Linux."""
    return user_state_path("hydra-tui", appauthor=False) / "history.db"


def find(explicit: Path | None = None) -> Path | None:
    """The file to load: the one asked for, else the variable's, else the default where it exists.

    Raises `ConfigProblems` when a file that somebody named is not there.
    """
    if explicit is not None:
        return _existing(explicit, "give another after -c, or leave -c out")
    if named := os.environ.get(VARIABLE):
        fix = f"it is named by ${VARIABLE}: correct or unset that"
        return _existing(Path(os.path.expanduser(named)), fix)  # Path.expanduser raises on `~nobody`
    return default_path() if _exists(default_path()) else None


def _existing(path: Path, fix: str) -> Path:
    if not _exists(path):
        raise ConfigProblems([Problem(str(path), None, None, (), "there is no such file", fix)])
    return path


def _exists(path: Path) -> bool:
    """Whether something is there; what may not be looked at is left to `load`, which says so."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True
