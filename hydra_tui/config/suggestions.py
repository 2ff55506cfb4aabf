"""The way out of a word that is not known."""

from __future__ import annotations

from collections.abc import Collection

from hydra_tui.core.nearest import nearest
from hydra_tui.core.text import inert

LISTED = 20
"""More words than this are not listed."""


def suggest(word: str, known: Collection[str], what: str) -> str:
    """The nearest known word, else the known ones, else that there is none."""
    if near := nearest(word[:63], known):
        return f"did you mean `{inert(near, 63)}`?"
    if not known:
        return f"there are no {what} at all"
    names = sorted(known)
    tail = ", …" if len(names) > LISTED else ""
    return f"known {what}: {', '.join(inert(name, 63) for name in names[:LISTED])}{tail}"
