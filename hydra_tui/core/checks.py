"""What was looked at, how it stands, and what mends it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How one thing stands."""

    OK = "ok"
    WARN = "warn"
    """It works, but something that an operator will want does not."""
    BAD = "bad"
    """Something that was asked for cannot work."""
    NOT_APPLICABLE = "not-applicable"
    """It is not there, and nothing needs it."""


@dataclass(frozen=True, slots=True)
class Check:
    """One row of a checklist."""

    id: str
    """Stable: scripts and documents name it."""
    verdict: Verdict
    found: str
    """What was found, in words."""
    fix: str = ""
    """One shell command line to copy; empty where no command mends it."""
    fix_here: bool = False
    """The fix is for the operator's own machine, not for what was looked at."""


def ok(check_id: str, found: str) -> Check:
    """A row that is as it should be."""
    return Check(check_id, Verdict.OK, found)


def warn(check_id: str, found: str, fix: str = "") -> Check:
    """A row to look at."""
    return Check(check_id, Verdict.WARN, found, fix)


def bad(check_id: str, found: str, fix: str = "", *, fix_here: bool = False) -> Check:
    """A row to mend."""
    return Check(check_id, Verdict.BAD, found, fix, fix_here)


def not_applicable(check_id: str, why: str) -> Check:
    """A row that does not count here."""
    return Check(check_id, Verdict.NOT_APPLICABLE, why)


def count(checks: Iterable[Check], verdict: Verdict) -> int:
    """How many of them stand so."""
    return sum(check.verdict is verdict for check in checks)
