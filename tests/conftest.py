"""Isolation by default: no test sees the user's home, configuration, agent or secrets."""

from __future__ import annotations

import time
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def clean_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh HOME and no variable that could steer us."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    for name in ("SSH_AUTH_SOCK", "HYDRA_TUI_CONFIG", "NO_COLOR", "LITELLM_MASTER_KEY"):
        monkeypatch.delenv(name, raising=False)
    return home
