"""A YAML file as plain data and positions. Nothing is ever constructed from a tag."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from hydra_tui.config.file_text import read_text
from hydra_tui.config.places import Places
from hydra_tui.config.problems import ConfigProblems, Problem
from hydra_tui.config.yaml_tree import DEEPEST, MOST_VALUES, TreeReader
from hydra_tui.config.yaml_wording import syntax_problem

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's, where PyYAML was built with it: the same events, many times as fast."""

_STEPS: Mapping[type[yaml.Event], int] = MappingProxyType(
    {
        yaml.SequenceStartEvent: 1,
        yaml.MappingStartEvent: 1,
        yaml.SequenceEndEvent: -1,
        yaml.MappingEndEvent: -1,
    }
)


@dataclass(frozen=True, slots=True)
class Document:
    """What a file says, whether or not it makes sense."""

    data: dict[str, Any]
    """Text, numbers, truth values, lists, dictionaries. `None` stands where a problem was found."""
    places: Places
    problems: tuple[Problem, ...]
    """What is wrong with the writing: keys given twice, values left out, tags."""


def read_yaml(path: Path) -> Document:
    """The one mapping that the file holds. Raises `ConfigProblems` when it holds none."""
    text = read_text(path)
    try:
        root = _compose(path, text)
    except yaml.MarkedYAMLError as error:
        raise ConfigProblems([syntax_problem(path, text, error)]) from None
    if root is None:
        raise _refused(path, "the file is empty", "begin with config.example.yaml")
    tree = TreeReader(path)
    data = tree.value(root)
    if not isinstance(data, dict):
        raise _refused(path, "the file is not a mapping", "begin with `nodes:` and `services:`")
    return Document(data, Places(path, tree.marks), tuple(tree.problems))


def _compose(path: Path, text: str) -> yaml.Node | None:
    """The tree, once its events have shown that it is bounded: the composer recurses."""
    depth = values = 0
    for event in yaml.parse(text, Loader=_LOADER):
        depth += _STEPS.get(type(event), 0)
        values += isinstance(event, yaml.NodeEvent)
        if depth > DEEPEST:
            raise _endless(path, event, f"is nested deeper than {DEEPEST} levels")
        if values > 2 * MOST_VALUES:
            raise _endless(path, event, f"has more than {MOST_VALUES:,} values")
    root: yaml.Node | None = yaml.compose(text, Loader=_LOADER)
    return root


def _endless(path: Path, event: yaml.Event, message: str) -> ConfigProblems:
    line, column = (event.start_mark.line, event.start_mark.column) if event.start_mark else (0, 0)
    return _refused(path, f"the file {message}", "compare it with config.example.yaml", line + 1, column + 1)


def _refused(path: Path, message: str, fix: str, line: int = 1, column: int = 1) -> ConfigProblems:
    return ConfigProblems([Problem(str(path), line, column, (), message, fix)])
