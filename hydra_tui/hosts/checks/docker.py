"""Whether containers can be seen and told, without sudo."""

from __future__ import annotations

import shlex

from hydra_tui.core.checks import Check, bad, not_applicable, ok, warn
from hydra_tui.hosts.checks.expectations import Expectations
from hydra_tui.hosts.checks.packages import sudo_install
from hydra_tui.hosts.checks.report import Report

ID = "docker"

_DENIED = "permission denied while trying to connect"
"""Of the daemon's socket, in every version; a configuration file of its own can be denied too."""


def docker(report: Report, expected: Expectations) -> Check:
    """The daemon's answer to this user, as docker's command line has it."""
    if not report.tool("docker"):
        return _missing(report, expected)
    answer = report.answer("docker")
    if answer is None:
        return bad(ID, "the daemon does not answer", "sudo systemctl status docker.service")
    if answer.code == 0:
        version = next((line for line in answer.lines if line[:1].isdigit()), "of unknown version")
        return ok(ID, f"usable without sudo, server {version}")
    said = " ".join(answer.lines).lower()
    if _DENIED in said:
        return bad(
            ID,
            f"{report.user} may not talk to the daemon (group docker equals root; from the next login)",
            shlex.join(["sudo", "usermod", "-aG", "docker", report.user]),
        )
    make = bad if expected.containers else warn
    if "cannot connect" in said or "is the docker daemon running" in said:
        return make(
            ID, "installed, but the daemon is not running", "sudo systemctl enable --now docker.service"
        )
    return make(ID, f"docker fails: {answer.words}", "docker version")


def _missing(report: Report, expected: Expectations) -> Check:
    if not expected.containers:
        return not_applicable(ID, "not installed, and no service of this node names a container")
    found = f"not installed, but the configuration names {', '.join(expected.containers)}"
    return bad(ID, found, sudo_install(report, debian="docker.io", fedora="moby-engine", other="docker"))
