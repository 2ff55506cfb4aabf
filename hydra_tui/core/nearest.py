"""Did you mean…?"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like `word`, if one is like it at all."""
    matches = get_close_matches(word.lower(), list(known), n=1, cutoff=0.55)
    return matches[0] if matches else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A tail for an error message: empty when nothing is near."""
    match = nearest(word, known)
    return f"; did you mean `{match}`?" if match else ""
