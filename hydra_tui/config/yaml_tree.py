"""A composed YAML tree as plain data, with the position of every key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from yaml import MappingNode, Node, ScalarNode, SequenceNode

from hydra_tui.config.places import Places
from hydra_tui.config.problems import ConfigProblems, KeyPath, Problem
from hydra_tui.config.wrong_value import WrongValueError
from hydra_tui.config.yaml_scalar import TAG, scalar

MOST_VALUES = 50_000
"""Aliases expanded: many times what a configuration needs, and no bomb gets past."""

DEEPEST = 32
"""Levels of nesting; ours has five."""


class TreeReader:
    """Turns nodes into data; what is wrong on the way goes to `problems` and reads as `None`."""

    def __init__(self, path: Path) -> None:
        self.marks: dict[KeyPath, tuple[int, int]] = {}
        self.problems: list[Problem] = []
        self._path = path
        self._open: list[Node] = []
        self._count = 0

    def value(self, node: Node, key: KeyPath = ()) -> Any:
        """The data of `node`, which stands at `key`. Raises `ConfigProblems` when it has no end."""
        self.marks.setdefault(key, _position(node))
        self._guard(node, key)
        self._open.append(node)
        try:
            return self._convert(node, key)
        except WrongValueError as wrong:
            self.problems.append(Places(self._path, self.marks).problem(key, wrong.message, wrong.fix))
            return None
        finally:
            self._open.pop()

    def _convert(self, node: Node, key: KeyPath) -> Any:
        if isinstance(node, ScalarNode):
            return scalar(node)
        if isinstance(node, SequenceNode) and node.tag == f"{TAG}seq":
            return [self.value(item, (*key, index)) for index, item in enumerate(node.value)]
        if isinstance(node, MappingNode) and node.tag == f"{TAG}map":
            return self._mapping(node, key)
        raise WrongValueError("begins with a YAML tag", "remove the word that begins with `!`")

    def _mapping(self, node: MappingNode, key: KeyPath) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, value in node.value:
            if not isinstance(name, ScalarNode) or name.tag == f"{TAG}merge":
                self._wrong_key(name, key, "has a key that is not a word", "write out each `key: value`")
                continue
            inner = (*key, name.value)
            if name.value in values:
                first, _ = self.marks[inner]
                self._wrong_key(name, inner, f"is given twice, first in line {first}", "keep one of the two")
                continue
            self.marks[inner] = _position(name)
            values[name.value] = self.value(value, inner)
        return values

    def _wrong_key(self, name: Node, key: KeyPath, message: str, fix: str) -> None:
        line, column = _position(name)
        self.problems.append(Problem(str(self._path), line, column, key, message, fix))

    def _guard(self, node: Node, key: KeyPath) -> None:
        self._count += 1
        if node in self._open:
            raise self._endless(key, "contains itself", "remove the `*` alias")
        if self._count > MOST_VALUES:
            raise self._endless(key[:1], f"grows past {MOST_VALUES:,} values", "write fewer `*` aliases")
        if len(self._open) >= DEEPEST:
            raise self._endless(key[:1], f"is nested deeper than {DEEPEST} levels", "write fewer `*` aliases")

    def _endless(self, key: KeyPath, message: str, fix: str) -> ConfigProblems:
        return ConfigProblems([Places(self._path, self.marks).problem(key, message, fix)])


def _position(node: Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1
