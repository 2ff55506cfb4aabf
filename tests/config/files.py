"""Configurations as a test writes them, and the kinds that they may use."""

from __future__ import annotations

from pathlib import Path

import pytest

from hydra_tui.config.kind_names import KindNames
from hydra_tui.config.load import Loaded, load
from hydra_tui.config.problems import ConfigProblems, Problem

KINDS = {
    "http": KindNames("http", None, frozenset({"path", "status"})),
    "litellm": KindNames("http", 4000, frozenset()),
    "ollama": KindNames("http", 11434, frozenset()),
    "postgresql": KindNames("postgresql", 5432, frozenset({"database"})),
    "redis": KindNames("redis", 6379, frozenset()),
    "tabbyapi": KindNames("http", 5000, frozenset()),
    "tcp": KindNames("tcp", None, frozenset()),
}


def write(folder: Path, text: str | bytes) -> Path:
    """`config.yaml` with this content."""
    path = folder / "config.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def loaded(folder: Path, text: str) -> Loaded:
    """The configuration that `text` is."""
    return load(write(folder, text), KINDS)


def problems(folder: Path, text: str | bytes) -> tuple[Problem, ...]:
    """What is wrong with `text`; the test fails when nothing is."""
    with pytest.raises(ConfigProblems) as refused:
        load(write(folder, text), KINDS)
    return refused.value.problems


def report(folder: Path, text: str | bytes) -> list[str]:
    """The same as lines, without the folder in front."""
    return [str(problem).removeprefix(f"{folder}/") for problem in problems(folder, text)]
