"""What a status other than 2xx means, with the server's own words where it has some."""

from __future__ import annotations

import json
import re
from typing import Any

from hydra_tui.core.errors import (
    MalformedReply,
    NotFound,
    NotReady,
    RateLimited,
    ServiceFailed,
    TargetError,
    Unauthorised,
)
from hydra_tui.core.text import inert
from hydra_tui.transport.http_reply import Reply, is_web_page

DETAIL_CHARS = 200

_BY_STATUS: dict[int, type[TargetError]] = {
    401: Unauthorised,
    403: Unauthorised,
    404: NotFound,
    429: RateLimited,
    503: NotReady,
}

_WORDS = ("error", "detail", "message", "msg", "error_description")
"""Where services put their words, the most telling first; each may hold the next."""

_DEEPEST = 4
_TITLE = re.compile(rb"<title[^>]*>([^<]{1,300})", re.IGNORECASE)


def check(reply: Reply, path: str) -> Reply:
    """The reply itself when it is 2xx, else the `TargetError` that its status stands for."""
    if 200 <= reply.status < 300:
        return reply
    said = inert(_without(reply.secrets, _detail(reply)).strip(), DETAIL_CHARS)
    raise _kind(reply.status)(f"HTTP {reply.status} from {path}{': ' if said else ''}{said}")


def _kind(status: int) -> type[TargetError]:
    return _BY_STATUS.get(status, ServiceFailed if status >= 500 else MalformedReply)


def _detail(reply: Reply) -> str:
    if reply.status < 400:
        # A query may carry a token.
        return "it redirects to " + reply.headers.get("location", "nowhere").partition("?")[0]
    if is_web_page(reply):
        title = _TITLE.search(reply.body)
        return title[1].decode(errors="replace") if title else "a web page"
    try:
        return _words(json.loads(reply.body), _DEEPEST)
    except (ValueError, RecursionError):
        return reply.text


def _words(value: Any, depth: int) -> str:
    """The first text found where services put theirs; empty when there is none."""
    if isinstance(value, str):
        return value
    if depth and isinstance(value, list):
        return next((found for item in value if (found := _words(item, depth - 1))), "")
    if depth and isinstance(value, dict):
        return next((found for key in _WORDS if (found := _words(value.get(key), depth - 1))), "")
    return ""


def _without(secrets: tuple[str, ...], text: str) -> str:
    for secret in secrets:
        text = text.replace(secret, "***")
    return text
