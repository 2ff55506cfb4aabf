"""Remote text made inert: nothing another machine sends may steer a terminal or a reader's eye."""

from __future__ import annotations

import re
import unicodedata

_UNSAFE = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
"""Controls, formats (bidi overrides, joiners, tags), private use, surrogates, line separators."""

_MARK = r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_MARKS = re.compile(f"({_MARK}{{2}}){_MARK}+")
"""Combining marks that stack past what any language writes."""


def inert(text: str, limit: int = 400) -> str:
    """One printable line of at most `limit` characters; what cannot be shown is spelt out.

    >>> inert("a\\x1b[31mb")
    'a\\\\x1b[31mb'
    """
    head = _MARKS.sub(r"\1", unicodedata.normalize("NFC", text[: limit + 1]))
    shown = head if head.isascii() and head.isprintable() else "".join(map(_spell, head))
    # Composing and unstacking may make a head short that was cut all the same.
    whole = len(text) <= limit + 1 and len(shown) <= limit
    return shown if whole else shown[: limit - 1] + "…"


def _spell(char: str) -> str:
    if char in "\n\r\t" or unicodedata.category(char) == "Zs":
        return " "
    if unicodedata.category(char) in _UNSAFE:
        return f"\\x{ord(char):02x}" if ord(char) < 256 else f"\\u{ord(char):04x}"
    return char
