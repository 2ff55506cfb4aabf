"""The right to start, stop and restart units."""

from __future__ import annotations

import re
import shlex

from hydra_tui.core.checks import Check, Verdict, not_applicable, ok, warn
from hydra_tui.hosts.checks.expectations import Expectations
from hydra_tui.hosts.checks.packages import install
from hydra_tui.hosts.checks.report import Report
from hydra_tui.hosts.checks.sudo_rights import Rights, parse_rights

VERBS = ("start", "stop", "restart")

SUDOERS = "/etc/sudoers.d/hydra-tui"


def sudo(report: Report, expected: Expectations) -> Check:
    """Whether this user may start, stop and restart the configured units without a password."""
    if report.is_root:
        return ok("sudo", "not needed: we are root")
    if not report.first("booted"):
        return not_applicable("sudo", "no systemd unit to restart on this host")
    check = _sudo(report, expected)
    if expected.units or check.verdict is Verdict.OK:
        return check
    return not_applicable("sudo", f"{check.found}; no service of this node names a unit")


def _sudo(report: Report, expected: Expectations) -> Check:
    if not report.tool("sudo"):
        command = install(report, other="sudo")
        return warn("sudo", "not installed", command and shlex.join(["su", "-c", command]))
    answer = report.answer("sudo")
    if answer is None:
        return warn("sudo", "sudo does not answer", "sudo -l")
    if answer.code:
        return warn("sudo", f"restarting is not possible from here: {answer.words}", _rule(report, expected))
    return _rights(report, expected, parse_rights(answer.lines))


def _rights(report: Report, expected: Expectations, rights: Rights) -> Check:
    units = expected.units or ("any.service",)
    refused = [
        f"{verb} {unit}"
        for unit in units
        for verb in VERBS
        if not rights.without_password(f"/usr/bin/systemctl {verb} {unit}")
    ]
    if refused:
        found = f"asks for a password for: systemctl {', '.join(refused)}"
        return warn("sudo", found, _rule(report, expected))
    return ok("sudo", "no password for systemctl " + "|".join(VERBS))


def _rule(report: Report, expected: Expectations) -> str:
    """The exact words that we send: sudoers matches no others."""
    systemctl = report.tool("systemctl") or "/usr/bin/systemctl"
    commands = [f"{systemctl} {verb} {_escaped(unit)}" for unit in expected.units for verb in VERBS]
    line = f"{report.user} ALL=(root) NOPASSWD: {', '.join(commands)}"
    write = shlex.join(["echo", line])
    return f"{write} | sudo tee {SUDOERS} && sudo chmod 0440 {SUDOERS} && sudo visudo -c"


def _escaped(unit: str) -> str:
    r"""sudoers(5): `,`, `:`, `=` and `\` in arguments are escaped."""
    return re.sub(r"([,:=\\])", r"\\\1", unit)
