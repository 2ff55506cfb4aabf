"""Checklists as lines and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from hydra_tui.core.checks import Check, Verdict, count
from hydra_tui.core.state import State
from hydra_tui.present.cells import Block, Line, Run, cut
from hydra_tui.present.glyphs import BLOCK
from hydra_tui.present.roles import Role
from hydra_tui.present.units import rfc3339

_SIGNS = {
    Verdict.OK: (BLOCK.states[State.UP], Role.OK),
    Verdict.WARN: (BLOCK.states[State.DEGRADED], Role.WARN),
    Verdict.BAD: (BLOCK.states[State.DOWN], Role.CRIT),
    Verdict.NOT_APPLICABLE: (BLOCK.states[State.UNKNOWN], Role.MUTED),
}

_ID_CELLS = 16

HERE = "here"
"""Where a fix is run that is for the operator's own machine."""


def checklist_block(name: str, checks: Sequence[Check]) -> Block:
    """The name, a line a check, and under each that is not ok the command that mends it, alone."""
    lines: Block = [(Run(name, Role.STRONG),)]
    for check in checks:
        lines.append(_row(check))
        if check.fix:
            lines.append((Run(f"      {_where(name, check)} $ ", Role.MUTED), Run(check.fix, Role.STRONG)))
    return lines


def _row(check: Check) -> Line:
    sign, role = _SIGNS[check.verdict]
    told = Role.MUTED if check.verdict in (Verdict.OK, Verdict.NOT_APPLICABLE) else role
    return (Run(f"  {sign} ", role), Run(f"{cut(check.id, _ID_CELLS)} "), Run(check.found, told))


def _where(name: str, check: Check) -> str:
    return HERE if check.fix_here else name


def tally(checks: Iterable[Check]) -> Line:
    """How it stands over all."""
    all_checks = tuple(checks)
    bad, warn = count(all_checks, Verdict.BAD), count(all_checks, Verdict.WARN)
    if not bad and not warn:
        return (Run("nothing to mend", Role.OK),)
    role = Role.CRIT if bad else Role.WARN
    return (Run(f"{bad} bad, {warn} to look at", role),)


def doctor_record(
    at: float, configuration: Sequence[Check], nodes: Sequence[tuple[str, Sequence[Check]]]
) -> dict[str, Any]:
    """What `doctor --json` prints; `fix` is null where no command mends it, `fix_on` says where it is run."""
    everything = [*configuration, *(check for _, checks in nodes for check in checks)]
    return {
        "at": rfc3339(at),
        "bad": count(everything, Verdict.BAD),
        "warn": count(everything, Verdict.WARN),
        "configuration": [_record(HERE, check) for check in configuration],
        "nodes": [
            {"name": name, "checks": [_record(name, check) for check in checks]} for name, checks in nodes
        ],
    }


def _record(name: str, check: Check) -> dict[str, Any]:
    return {
        "id": check.id,
        "verdict": check.verdict.value,
        "found": check.found,
        "fix": check.fix or None,
        "fix_on": _where(name, check) if check.fix else None,
    }
