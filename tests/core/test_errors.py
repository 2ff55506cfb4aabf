"""The tree of errors: what its drawing promises, and that nothing is missing from it."""

from __future__ import annotations

import re

from hydra_tui.core import errors
from hydra_tui.core.errors import HydraError

_LINE = re.compile(r"(?P<indent>[ │├└─]*)(?P<name>[A-Z][A-Za-z]+)")


def drawn() -> dict[str, str]:
    """Each error of the drawing with the one above it."""
    parents: dict[str, str] = {}
    path: list[tuple[int, str]] = []
    for line in (errors.__doc__ or "").splitlines():
        found = _LINE.match(line)
        if not found or not found["indent"]:
            continue
        depth = len(found["indent"])
        path = [step for step in path if step[0] < depth]
        parents[found["name"]] = path[-1][1] if path else "Exception"
        path.append((depth, found["name"]))
    return parents


def built(root: type[Exception] = HydraError) -> dict[str, str]:
    """Each error that `core.errors` defines with its base class."""
    below = {
        child.__name__: root.__name__
        for child in root.__subclasses__()
        if child.__module__ == errors.__name__
    }
    for child in root.__subclasses__():
        below |= built(child) if child.__module__ == errors.__name__ else {}
    return below


def test_the_drawing_is_the_tree() -> None:
    assert drawn() == {"HydraError": "Exception", **built()}
