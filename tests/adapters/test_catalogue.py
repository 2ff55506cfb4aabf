"""Kinds are found by file name and by entry point, and imported only when they are asked for."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hydra_tui.adapters.base import catalogue
from hydra_tui.core.errors import ConfigError

STRANGER = """
from hydra_tui.adapters.base.kind import Kind
from hydra_tui.core.cluster import Layer

KIND = Kind("stranger", "A stranger", Layer.OTHER, build=None, summary="comes from elsewhere")
NOT_ONE = "no kind"
"""

ENTRY_POINTS = """
[hydra_tui.adapters]
stranger = hydra_stranger:KIND
not_one = hydra_stranger:NOT_ONE
ollama = hydra_stranger:KIND
"""


@pytest.fixture
def stranger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The module of an installed package that brings kinds of its own."""
    site = tmp_path / "site"
    info = site / "hydra_stranger-1.0.dist-info"
    info.mkdir(parents=True)
    (site / "hydra_stranger.py").write_text(STRANGER)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: hydra-stranger\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(ENTRY_POINTS)
    monkeypatch.syspath_prepend(str(site))
    forget()
    yield "hydra_stranger"
    sys.modules.pop("hydra_stranger", None)
    forget()


def forget() -> None:
    catalogue._doors.cache_clear()
    catalogue.load.cache_clear()


def test_a_strangers_kind_is_listed_without_being_imported(stranger: str) -> None:
    assert "stranger" in catalogue.names()
    assert stranger not in sys.modules


def test_a_strangers_kind_is_loaded_by_its_name(stranger: str) -> None:
    assert catalogue.load("stranger").title == "A stranger"
    assert stranger in sys.modules


def test_a_stranger_does_not_replace_one_of_ours(stranger: str) -> None:
    assert catalogue.load("ollama").title == "Ollama"


def test_an_entry_point_that_is_no_kind_is_refused(stranger: str) -> None:
    with pytest.raises(ConfigError, match="is not a hydra_tui Kind"):
        catalogue.load("not_one")


def test_a_misspelt_kind_is_told_with_the_nearest_one() -> None:
    with pytest.raises(ConfigError, match="did you mean `ollama`"):
        catalogue.load("olama")


@pytest.mark.parametrize("name", catalogue.names())
def test_a_kind_introduces_itself_completely(name: str) -> None:
    kind = catalogue.load(name)
    assert (kind.name, bool(kind.title), bool(kind.summary)) == (name, True, True)
    assert all(kind.options.values())


def test_listing_the_kinds_imports_none_of_them() -> None:
    script = (
        "import sys; from hydra_tui.adapters.base import catalogue; assert len(catalogue.names()) >= 7;"
        "assert not [m for m in sys.modules if m.startswith('hydra_tui.adapters.') and '.base' not in m]"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
