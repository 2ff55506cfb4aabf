"""Comparing the shape of two JSON values: the same keys, the same types."""

from __future__ import annotations

from typing import Any


def shape(value: Any) -> Any:
    """The value with every scalar replaced by its type's name; a list by the shape of its first entry."""
    if isinstance(value, dict):
        return {key: shape(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [shape(value[0])] if value else []
    return type(value).__name__
