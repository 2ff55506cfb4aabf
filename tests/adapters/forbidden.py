"""What no probe may ever ask for: it would load, evict, delete or bill a model."""

from __future__ import annotations

import re

from tests.loopback import Spy

_WORDS = re.compile(
    r"^(POST|PUT|PATCH|DELETE) .*(chat|completion|generate|load|pull|delete|embed|create|copy)"
)


def assert_harmless(kind: str, spy: Spy) -> None:
    """No request that the spy saw may cost anything."""
    dangerous = [request for request in spy.requests if _WORDS.search(request)]
    if kind == "litellm":
        dangerous += [request for request in spy.requests if re.search(r" /health/?(\?|$)", request)]
    assert not dangerous
