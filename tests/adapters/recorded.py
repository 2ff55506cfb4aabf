"""Replies of real servers, trimmed: `recordings/NAME.json` maps situations to paths to replies.

LiteLLM's and TabbyAPI's were recorded on the wire, as were those of `others.json`, the services that
must not be taken for one of ours. Ollama's, and what needs a broken server, follow its source.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.loopback import Answer

FOLDER = Path(__file__).parent / "recordings"


def situations(name: str) -> list[str]:
    """What was recorded of that service."""
    return list(_read(name))


def recorded(name: str, situation: str) -> dict[str, Answer]:
    """Path to reply."""
    return {path: _answer(reply) for path, reply in _read(name)[situation].items()}


def _read(name: str) -> dict[str, dict[str, Any]]:
    situations: dict[str, dict[str, Any]] = json.loads((FOLDER / f"{name}.json").read_text())
    return situations


def _answer(reply: dict[str, Any]) -> Answer:
    body = reply["text"] if "text" in reply else json.dumps(reply["body"])
    return Answer(reply["status"], body.encode(), reply.get("content_type", "application/json"))
