"""Remote JSON read field by field: what is missing or of another type is named, what is text is inert.

Required fields raise `MalformedReply`; `maybe_…` fields are `None` when they are absent or of another
type, because services rename what is not essential from one week to the next.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from hydra_tui.core.errors import MalformedReply
from hydra_tui.core.text import inert

Json = Mapping[str, Any]

MAX_ITEMS = 2000
"""What follows in a longer list is not read."""

LARGEST = 2**63 - 1
"""No count, size or context is larger; a bigger number is no reading."""

_TYPES = {bool: "true or false", int: "a number", float: "a number", str: "text", list: "a list"}


@contextmanager
def shaped_like(title: str) -> Iterator[None]:
    """Puts the service's title before every `MalformedReply` that is raised inside."""
    try:
        yield
    except MalformedReply as error:
        raise type(error)(f"answers, but not like {title}: {error}") from error


def mapping(value: object, what: str = "the reply") -> Json:
    """`value` when it is a JSON object. `what` names it in the error."""
    if isinstance(value, dict):
        return value
    raise MalformedReply(f"{what} is {_type_of(value)}, not an object")


def text(source: Json, key: str) -> str:
    """The text under `key`, inert."""
    value = _required(source, key)
    if isinstance(value, str):
        return inert(value)
    raise MalformedReply(f"`{key}` is {_type_of(value)}, not text")


def items(source: Json, key: str) -> list[Json]:
    """The objects of the list under `key`, the first `MAX_ITEMS` of them; `null` is an empty list."""
    value = _required(source, key)
    if value is None:
        return []
    if not isinstance(value, list):
        raise MalformedReply(f"`{key}` is {_type_of(value)}, not a list")
    return [mapping(item, f"an item of `{key}`") for item in value[:MAX_ITEMS]]


def maybe_text(source: Json, key: str) -> str | None:
    """The text under `key`, inert; `None` when there is none, or an empty one."""
    value = source.get(key)
    return inert(value) if isinstance(value, str) and value else None


def maybe_whole(source: Json, key: str) -> int | None:
    """The whole number from 0 on under `key`; `4096.0` is one, `true` is none."""
    value = source.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if 0 <= value <= LARGEST and value == int(value) else None


def maybe_mapping(source: Json, key: str) -> Json:
    """The object under `key`; an empty one when there is none."""
    value = source.get(key)
    return value if isinstance(value, dict) else {}


def _required(source: Json, key: str) -> object:
    if key not in source:
        raise MalformedReply(f"the reply has no `{key}`")
    return source[key]


def _type_of(value: object) -> str:
    return _TYPES.get(type(value), "an object" if isinstance(value, dict) else "nothing")
