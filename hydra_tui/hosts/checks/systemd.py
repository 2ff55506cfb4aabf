"""The service manager and its journal."""

from __future__ import annotations

import re
import shlex

from hydra_tui.core.checks import Check, bad, not_applicable, ok, warn
from hydra_tui.hosts.checks.expectations import Expectations
from hydra_tui.hosts.checks.report import Report
from hydra_tui.hosts.number import whole

OLDEST_WITH_JSON = 246
"""`systemctl --output=json` came with it."""

JOURNAL_GROUPS = ("systemd-journal", "adm", "wheel")
"""Who may read the whole journal (journalctl(1)); to anyone else it is empty, without a word."""

_VERSION = re.compile(r"systemd (\d+)")


def systemd(report: Report, expected: Expectations) -> Check:
    """Whether systemd runs this host, and is new enough to be asked in JSON."""
    if not report.first("booted"):
        return _without(report, expected)
    if not report.tool("systemctl"):
        return bad("systemd", "it runs this host, but systemctl is not on the path")
    version, state = report.answer("systemd"), report.answer("running")
    if version is None or state is None:
        return bad("systemd", "systemctl does not answer", "sudo systemctl daemon-reexec")
    number = next((whole(named[1]) for line in version.lines if (named := _VERSION.match(line))), None)
    found = f"version {number or 'unknown'}, {state.words}"
    if number is not None and number < OLDEST_WITH_JSON:
        return warn("systemd", f"{found}: before {OLDEST_WITH_JSON} it does not speak JSON")
    return ok("systemd", found)


def _without(report: Report, expected: Expectations) -> Check:
    found = f"not what runs this host: process 1 is {report.first('init') or 'unknown'}"
    if expected.units:
        return bad("systemd", f"{found}, but the configuration names {', '.join(expected.units)}")
    return not_applicable("systemd", found)


def journal(report: Report, expected: Expectations) -> Check:
    """Whether this user sees the system's journal, which would be empty otherwise, without an error."""
    if not report.first("booted") or not report.tool("journalctl"):
        return not_applicable("journal", "no systemd journal on this host")
    groups = [name for name in JOURNAL_GROUPS if name in report.first("groups").split()]
    if report.is_root or groups or report.first("journal") == "readable":
        why = "as root" if report.is_root else f"by group {groups[0]}" if groups else "by its access list"
        return ok("journal", f"readable {why}")
    return bad(
        "journal",
        f"hidden from {report.user}: logs of units would look empty (a group counts from the next login)",
        shlex.join(["sudo", "usermod", "-aG", JOURNAL_GROUPS[0], report.user]),
    )
