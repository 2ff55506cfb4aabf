"""One value that cannot be used, before anyone knows where it stands."""

from __future__ import annotations


class WrongValueError(ValueError):
    """A value that cannot be used: what is wrong in words, and the way out.

    Raised by the parsers of single values; it becomes a `Problem` where the position is known.
    It never repeats a value that could be a secret.
    """

    def __init__(self, message: str, fix: str = "") -> None:
        super().__init__(f"{message}; {fix}" if fix else message)
        self.message = message
        self.fix = fix
