"""Bodies that clients of the simulated services send, and lines that they get."""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import Request

LONGEST = 4 * 1024 * 1024
"""Bytes of a body that we read."""


class BadBody(Exception):
    """Not a JSON object, or too long."""


async def read_object(request: Request) -> dict[str, Any]:
    """The JSON object in the body; an empty body is an empty object. Raises `BadBody`."""
    raw = bytearray()
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > LONGEST:
            raise BadBody("request body too large")
    try:
        value = json.loads(bytes(raw) or b"{}")
    except ValueError as error:
        raise BadBody(str(error)) from error
    if not isinstance(value, dict):
        raise BadBody("the body is not an object")
    return value


def text_of(body: dict[str, Any], *names: str) -> str:
    """The first of these fields that is there, as text."""
    return next((str(body[name]) for name in names if body.get(name) is not None), "")


def whole_of(body: dict[str, Any], *names: str) -> int | None:
    """The first of these fields that is a whole number."""
    numbers = (body.get(name) for name in names)
    return next((value for value in numbers if isinstance(value, int) and not isinstance(value, bool)), None)


def compact(value: Any) -> str:
    """JSON without spaces, as the real servers write it into streams."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def sse(value: Any, newline: str = "\n") -> str:
    """One `data:` event; a text goes as it stands."""
    return f"data: {value if isinstance(value, str) else compact(value)}{newline * 2}"


def ndjson(value: Any) -> str:
    """One line of a newline-delimited stream."""
    return compact(value) + "\n"
