"""A tolerant look at lists of mappings: cross-checks run on files whose shape is still wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from hydra_tui.config.problems import KeyPath
from hydra_tui.config.schema import MOST_MODELS


@dataclass(frozen=True, slots=True)
class Entry:
    """One mapping of a list, such as the third service."""

    key: KeyPath
    values: dict[str, Any]

    def text(self, name: str) -> str | None:
        """The value of `name` where it is text; its shape is the schema's business."""
        value = self.values.get(name)
        return value if isinstance(value, str) else None

    def at(self, *names: str) -> KeyPath:
        """The way to one of its values."""
        return (*self.key, *names)

    def has(self, name: str) -> bool:
        """Whether `name` was written, readable or not."""
        return name in self.values


def entries(data: dict[str, Any], section: str) -> Iterator[Entry]:
    """The mappings of the list `section`, as many as the schema could ever allow."""
    values = data.get(section)
    for index, value in enumerate(values[:MOST_MODELS] if isinstance(values, list) else []):
        if isinstance(value, dict):
            yield Entry((section, index), value)
