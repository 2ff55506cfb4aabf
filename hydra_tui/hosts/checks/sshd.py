"""What sshd's own configuration lets through, as far as it can be read."""

from __future__ import annotations

from hydra_tui.core.checks import Check, not_applicable, ok, warn
from hydra_tui.hosts.checks.expectations import Expectations
from hydra_tui.hosts.checks.report import Report
from hydra_tui.hosts.number import whole

SESSIONS_DEFAULT = 10
"""sshd_config(5), MaxSessions."""
SESSIONS_WANTED = 10
"""We open 8 at once, and sshd frees one a little after we have seen it end."""

DROP_IN = "/etc/ssh/sshd_config.d/00-hydra-tui.conf"


def sessions(report: Report, expected: Expectations) -> Check:
    """How many commands may run at once on our one connection."""
    settings = _settings(report)
    if settings is None:
        return not_applicable("sshd-sessions", "sshd's configuration is not readable to us")
    allowed = whole(settings.get("maxsessions", "")) if "maxsessions" in settings else SESSIONS_DEFAULT
    if allowed is not None and allowed < SESSIONS_WANTED:
        found = f"MaxSessions {allowed}: we may need {SESSIONS_WANTED}"
        return warn("sshd-sessions", found, _set("MaxSessions", "30"))
    return ok("sshd-sessions", f"MaxSessions {allowed}")


def forwarding(report: Report, expected: Expectations) -> Check:
    """Whether sockets of the node, such as Docker's, can be reached through SSH. Optional."""
    settings = _settings(report)
    if settings is None:
        return not_applicable("sshd-forwarding", "sshd's configuration is not readable to us")
    off = settings.get("disableforwarding", "no").lower() == "yes"
    allowed = settings.get("allowstreamlocalforwarding", "yes").lower()
    if off or allowed in ("no", "remote"):
        what = "DisableForwarding yes" if off else f"AllowStreamLocalForwarding {allowed}"
        name, value = ("DisableForwarding", "no") if off else ("AllowStreamLocalForwarding", "local")
        return warn("sshd-forwarding", f"{what}: sockets of this host cannot be reached", _set(name, value))
    return ok("sshd-forwarding", f"AllowStreamLocalForwarding {allowed}")


def _settings(report: Report) -> dict[str, str] | None:
    """The first value of each keyword outside of `Match`; `None` when no file could be read."""
    lines = report.sections.get("sshd")
    if lines is None:
        return None
    settings: dict[str, str] = {}
    matching = False
    for line in lines:
        name, _, value = line.replace("=", " ").strip().partition(" ")
        matching = name.lower() == "match" or (matching and name != "file")
        if not matching:
            settings.setdefault(name.lower(), value.strip().strip('"'))
    return settings


def _set(name: str, value: str) -> str:
    """The first value counts, and drop-ins come before the main file."""
    write = f"echo '{name} {value}' | sudo tee -a {DROP_IN}"
    return f"{write} && sudo sshd -t && (sudo systemctl reload ssh || sudo systemctl reload sshd)"
