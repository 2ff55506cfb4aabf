"""What `sudo -n -l` says that a user may do without a password."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

_ENTRY = re.compile(r"\((?P<runas>[^)]*)\)\s*(?P<commands>.*)")
_TAGS = re.compile(r"(?P<tag>[A-Z_]+):\s*")
_BETWEEN = re.compile(r"(?<!\\),\s*")
"""A comma that is not escaped ends a command."""
_ESCAPED = re.compile(r"\\([,:=\\])")


@dataclass(frozen=True, slots=True)
class Rule:
    """One command of one entry."""

    command: str
    """With its arguments; wildcards as sudoers(5) has them; `ALL`."""
    password: bool
    denied: bool


@dataclass(frozen=True, slots=True)
class Rights:
    """The rules that let this user act as root, in their order."""

    rules: tuple[Rule, ...]

    def without_password(self, command: str) -> bool:
        """Whether this very command would be run at once. The last rule that matches counts."""
        matching = [rule for rule in self.rules if _matches(rule.command, command)]
        return bool(matching) and not matching[-1].password and not matching[-1].denied


def parse_rights(lines: Sequence[str]) -> Rights:
    """The rules of a list; what is no rule is passed over."""
    open_door = any("!authenticate" in line for line in lines)
    return Rights(tuple(rule for entry in _entries(lines) for rule in _rules(entry, open_door)))


def _entries(lines: Iterable[str]) -> list[str]:
    """Each entry on one line: sudo breaks them where it believes to write to a terminal."""
    entries: list[str] = []
    for line in map(str.strip, lines):
        if line.startswith("("):
            entries.append(line)
        elif entries:
            entries[-1] += f" {line}"
    return entries


def _rules(entry: str, open_door: bool) -> Iterator[Rule]:
    found = _ENTRY.match(entry)
    if not found or not _as_root(found["runas"]):
        return
    password = not open_door
    for part in _BETWEEN.split(found["commands"]):
        command = part
        while tag := _TAGS.match(command):
            password = {"PASSWD": True, "NOPASSWD": False}.get(tag["tag"], password)
            command = command[tag.end() :]
        yield Rule(_ESCAPED.sub(r"\1", command.lstrip("! ")), password, command.startswith("!"))


def _as_root(runas: str) -> bool:
    users = re.split(r"[,\s]+", runas.partition(":")[0].strip())
    return "root" in users or "ALL" in users


def _matches(rule: str, command: str) -> bool:
    """A rule without arguments allows any. `/bin` and `/usr/bin` are one directory."""
    if rule == "ALL":
        return True
    rule = re.sub(r"^/bin/", "/usr/bin/", rule)
    return fnmatchcase(command, rule if " " in rule else f"{rule} *")
