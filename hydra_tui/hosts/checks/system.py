"""The ground everything stands on: a shell, `/proc`, a clock, a `df` that answers."""

from __future__ import annotations

import shlex
from pathlib import PurePosixPath

from hydra_tui.core.checks import Check, bad, ok, warn
from hydra_tui.hosts import df as df_table
from hydra_tui.hosts.checks.expectations import Expectations
from hydra_tui.hosts.checks.packages import sudo_install
from hydra_tui.hosts.checks.report import Report

PROC_FILES = ("stat", "meminfo", "loadavg", "uptime")

SKEW_WARN_S = 2.0
"""From here on, logs of two nodes are read in the wrong order."""
SKEW_BAD_S = 30.0
"""From here on, tokens expire early and certificates are not yet valid."""

_SILENCE = "1i case $- in *i*) ;; *) return ;; esac"
"""The first line of a `.bashrc` that is for people only."""


def shell(report: Report, expected: Expectations) -> Check:
    """Whether commands are run by a POSIX shell, and by nothing that talks in between."""
    if not report.ran:
        said = f": it says “{report.noise[-1]}”" if report.noise else ""
        fix = shlex.join(["sudo", "usermod", "-s", "/bin/sh", report.account]) if report.account else ""
        return bad("shell", f"this account runs no POSIX shell{said}", fix)
    name = PurePosixPath(report.first("sh")).name or "sh"
    found = f"POSIX, by {name}; login shell {report.first('shell') or 'unknown'}"
    if report.noise:
        return warn(
            "shell",
            f"{found}; start files print into every command: “{report.noise[0]}”",
            f"sed -i {shlex.quote(_SILENCE)} ~/.bashrc",
        )
    return ok("shell", found)


def procfs(report: Report, expected: Expectations) -> Check:
    """Whether the kernel's counters can be read, and other users' processes seen."""
    readable = report.sections.get("proc", ())
    missing = [f"/proc/{name}" for name in PROC_FILES if name not in readable]
    if missing and report.first("system") != "Linux":
        return bad("procfs", f"this is {report.first('system') or 'no Linux'}: only Linux can be sampled")
    if missing:
        return bad("procfs", f"not readable: {', '.join(missing)}", "sudo mount -t proc proc /proc")
    if not report.first("init"):
        return warn(
            "procfs",
            "readable, but processes of other users are hidden: whose GPU memory it is cannot be told",
            "sudo mount -o remount,hidepid=0 /proc",
        )
    return ok("procfs", "readable, processes of all users too")


def clock(report: Report, expected: Expectations) -> Check:
    """How far the node's clock is from ours, at least: the way there and back is not counted."""
    began, ended = report.number("now"), report.number("done")
    if began is None or ended is None:
        return warn("clock", "the node does not tell its time")
    # The node shows whole seconds: it began before `began + 1`, and ended not before `ended`.
    most, least = began + 1 - report.asked_at, ended - report.heard_at
    skew = least if least > 0 else min(most, 0.0)
    if abs(skew) < SKEW_WARN_S:
        return ok("clock", f"within {SKEW_WARN_S:.0f} s of ours")
    found = f"at least {abs(skew):.0f} s {'ahead of' if skew > 0 else 'behind'} ours"
    make = bad if abs(skew) >= SKEW_BAD_S else warn
    return make("clock", found, "sudo timedatectl set-ntp true")


def df(report: Report, expected: Expectations) -> Check:
    """Whether the table of disks comes, and whether a dead mount could hold it up."""
    answer = report.answer("df")
    if answer is None:
        return bad(
            "df",
            "df does not answer: a network mount is dead",
            "findmnt -t nfs,nfs4,cifs,fuse.sshfs -o TARGET,SOURCE  # then: sudo umount -l TARGET",
        )
    disks = df_table.parse("\n".join(answer.lines))
    if not disks:
        return warn("df", f"df shows no disk: {answer.words}")
    found = f"answers: {len(disks)} disk{'s' if len(disks) > 1 else ''}"
    if report.tool("timeout"):
        return ok("df", found)
    return warn(
        "df",
        f"{found}; there is no `timeout`: a dead mount would hold it up",
        sudo_install(report, other="coreutils"),
    )
