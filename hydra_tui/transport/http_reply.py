"""An HTTP reply as a value."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hydra_tui.core.errors import MalformedReply
from hydra_tui.core.text import inert


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back, whatever its status."""

    status: int
    headers: Mapping[str, str]
    """Names in lower case; a repeated header's values joined by commas."""
    body: bytes = field(repr=False)
    elapsed_s: float
    """From the first byte of the request to the last of the body, by our clock."""
    secrets: tuple[str, ...] = field(default=(), repr=False)
    """What we sent to get in: a server that echoes it must not put it on a screen."""

    @property
    def text(self) -> str:
        """The body, with U+FFFD where it is not UTF-8."""
        return self.body.decode(errors="replace")

    @property
    def content_type(self) -> str:
        """The media type in lower case without parameters; empty when none was named."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def json(self) -> Any:
        """The decoded body. Raises `MalformedReply`, saying what came instead."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise MalformedReply(f"answers with {self._instead(error)}") from error

    def _instead(self, error: Exception) -> str:
        if not self.body.strip():
            return "nothing where JSON was expected"
        if is_web_page(self):
            return "a web page, not JSON"
        if isinstance(error, RecursionError):
            return "JSON that is nested too deeply"
        if isinstance(error, UnicodeDecodeError):
            return "bytes that are not UTF-8, not JSON"
        return f"{inert(self.content_type, 40) or 'something'} that is not JSON"


def is_web_page(reply: Reply) -> bool:
    """By its media type, or by how it begins."""
    head = reply.body[:256].lstrip().lower()
    return reply.content_type == "text/html" or head.startswith((b"<!doctype html", b"<html"))
