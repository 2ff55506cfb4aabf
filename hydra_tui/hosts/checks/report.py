"""What the capability script printed, as a value. Its lines are told in `hosts.capabilities`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hydra_tui.core.text import inert
from hydra_tui.hosts.number import whole
from hydra_tui.hosts.script import MARK

_MOST_LINES = 100
"""Of one key."""

_LONGEST = 2000
"""Characters of a line: a sudo rule may list many commands."""

_KILLED = 137
"""The status of a tool that `timeout` had to kill."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a tool said."""

    lines: tuple[str, ...]
    code: int

    @property
    def words(self) -> str:
        """The last line that says something: where tools put the reason."""
        return inert(next((line for line in reversed(self.lines) if line.strip()), "no reason given"), 200)


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that one run printed."""

    sections: Mapping[str, tuple[str, ...]]
    """The lines of each key, printable."""
    noise: tuple[str, ...]
    """Lines on standard output that are not ours."""
    asked_at: float
    """Our clock, before the script began."""
    heard_at: float
    """Our clock, once all of it was here."""
    account: str = ""
    """The user we asked to be, where the configuration says it."""

    def first(self, key: str) -> str:
        """The first line of a key; empty when it was not printed."""
        return next(iter(self.sections.get(key, ())), "")

    def number(self, key: str) -> int | None:
        """The first line of a key as a number."""
        return whole(self.first(key))

    @property
    def ran(self) -> bool:
        """Whether a shell ran the script at all."""
        return self.number("now") is not None

    @property
    def user(self) -> str:
        """Who we are there."""
        return self.first("user") or f"uid {self.first('uid')}"

    @property
    def is_root(self) -> bool:
        """Whether nothing is forbidden to us."""
        return self.number("uid") == 0

    def tool(self, name: str) -> str:
        """Where a program is; empty when it is not installed."""
        pairs = (line.partition(" ") for line in self.sections.get("tool", ()))
        return next((path for tool, _, path in pairs if tool == name), "")

    def answer(self, key: str) -> Answer | None:
        """What the tool behind a key said; `None` when it did not answer in time."""
        code = self.number(f"{key}-end")
        if code is None or code == _KILLED:
            return None
        return Answer(self.sections.get(key, ()), code)


def parse(text: str, asked_at: float, heard_at: float, account: str = "") -> Report:
    """Any text whatsoever; nothing in it raises."""
    sections: dict[str, list[str]] = {}
    noise: list[str] = []
    for line in text.splitlines():
        if not line.startswith(MARK):
            _append(noise, line)
            continue
        key, _, rest = line.removeprefix(MARK).partition(" ")
        _append(sections.setdefault(key, []), rest)
    kept = {key: tuple(inert(line, _LONGEST) for line in lines) for key, lines in sections.items()}
    return Report(
        kept, tuple(inert(line, 200) for line in noise if line.strip()), asked_at, heard_at, account
    )


def _append(lines: list[str], line: str) -> None:
    if len(lines) < _MOST_LINES:
        lines.append(line)
