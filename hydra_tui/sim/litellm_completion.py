"""An answer of the gateway: as chunks, or whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hydra_tui.sim.litellm_backends import Delta


@dataclass(frozen=True, slots=True)
class Completion:
    """What the chunks of one answer share."""

    id: str
    created: int
    alias: str

    def chunk(self, delta: dict[str, str], finish: str | None = None) -> dict[str, Any]:
        """One chunk; `finish_reason` is absent until the last one with content."""
        choice: dict[str, Any] = {"index": 0, "delta": delta}
        if finish is not None:
            choice["finish_reason"] = finish
        return self._head("chat.completion.chunk") | {"choices": [choice]}

    def usage(self, last: Delta) -> dict[str, Any]:
        """The chunk with the counts, after the last one."""
        counts = _counts(last)
        detail = {"reasoning_tokens": 0, "text_tokens": last.completion_tokens}
        return self.chunk({}) | {"usage": counts | {"completion_tokens_details": detail}}

    def whole(self, text: str, last: Delta) -> dict[str, Any]:
        """A whole answer."""
        message = {"content": text, "role": "assistant", "provider_specific_fields": {"refusal": None}}
        choice = {"finish_reason": last.finish, "index": 0, "message": message}
        return self._head("chat.completion") | {"choices": [choice], "usage": _counts(last)}

    def _head(self, kind: str) -> dict[str, Any]:
        return {"id": self.id, "object": kind, "created": self.created, "model": self.alias}


def _counts(last: Delta) -> dict[str, int]:
    return {
        "completion_tokens": last.completion_tokens,
        "prompt_tokens": last.prompt_tokens,
        "total_tokens": last.completion_tokens + last.prompt_tokens,
    }
