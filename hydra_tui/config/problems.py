"""What is wrong with a configuration, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from hydra_tui.core.errors import ConfigError
from hydra_tui.core.text import inert

KeyPath = tuple[str | int, ...]
"""The way to a value from the top of the file: `("services", 2, "kind")`."""

_SECRET = frozenset({"key", "token"})

SHOWN = 100
"""More problems than this are not read by anyone."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend. `str()` is its line in the report."""

    file: str
    """As the operator gave it."""
    line: int | None
    """From 1; `None` when the file itself is the problem."""
    column: int | None
    """In characters, from 1."""
    key: KeyPath
    """Empty at the top of the file."""
    message: str
    fix: str = ""
    """The way out, when the message does not say it already."""

    def __str__(self) -> str:
        """`config.yaml:12:5: services[2].kind: unknown kind `olama`; did you mean `ollama`?`"""
        place = inert(self.file) if self.line is None else f"{inert(self.file)}:{self.line}:{self.column}"
        parts = (place, spell(self.key), self.message)
        return ": ".join(part for part in parts if part) + (f"; {self.fix}" if self.fix else "")


class ConfigProblems(ConfigError):
    """A configuration that cannot be used: all its problems, in the order of the file."""

    problems: tuple[Problem, ...]
    """At most `SHOWN` of them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        found = list(islice(problems, SHOWN + 1))
        self.problems = tuple(sorted(found[:SHOWN], key=_position))
        tail = ["… and more: mend these first"] if len(found) > SHOWN else []
        super().__init__("\n".join([*map(str, self.problems), *tail]))


def _position(problem: Problem) -> tuple[int, int]:
    return problem.line or 0, problem.column or 0


def spell(key: KeyPath) -> str:
    """A key path as people read it: `services[2].kind`.

    It ends at a key whose value is secret: what stands below one, by mistake, may be the secret.
    """
    end = next((index + 1 for index, step in enumerate(key) if step in _SECRET), len(key))
    steps = (f"[{step}]" if isinstance(step, int) else f".{inert(step, 60)}" for step in key[:end])
    return "".join(steps).removeprefix(".")
