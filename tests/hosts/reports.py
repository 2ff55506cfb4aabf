"""Reports of the capability script, written by hand."""

from __future__ import annotations

from collections.abc import Mapping

from hydra_tui.hosts.checks.report import Report, parse
from hydra_tui.hosts.script import MARK

NOW = 1_000_000

WELL: Mapping[str, str] = {
    "now": str(NOW),
    "uid": "1000",
    "user": "ada",
    "groups": "ada docker systemd-journal",
    "system": "Linux",
    "shell": "/bin/bash",
    "sh": "/usr/bin/dash",
    "os": "debian",
    "proc": "stat\nmeminfo\nloadavg\nuptime",
    "init": "systemd",
    "nvidia-cards": "1",
    "tool": "\n".join(
        f"{name} /usr/bin/{name}"
        for name in ("timeout", "nvidia-smi", "docker", "systemctl", "journalctl", "sudo")
    ),
    "booted": "systemd",
    "journal": "readable",
    "sshd": "file /etc/ssh/sshd_config",
    "df": "Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/sda1 1000 500 400 56% /",
    "df-end": "0",
    "nvidia": "580.95.05",
    "nvidia-end": "0",
    "docker": "28.5.1",
    "docker-end": "0",
    "systemd": "systemd 257 (257.8-1~deb13u2)\n+PAM +AUDIT",
    "systemd-end": "0",
    "running": "running",
    "running-end": "0",
    "sudo": "User ada may run the following commands on host:\n    (ALL : ALL) NOPASSWD: ALL",
    "sudo-end": "0",
    "done": str(NOW),
}
"""A host on which everything is as it should be."""


def printed(sections: Mapping[str, str]) -> str:
    """What the script prints."""
    return "".join(f"{MARK}{key} {line}\n" for key, text in sections.items() for line in text.split("\n"))


def report(*without: str, ours: float = NOW + 0.5, **changed: str) -> Report:
    """The report of a host that is well but for `changed` keys (`_` stands for `-`) and missing ones."""
    changes = {key.replace("_", "-"): text for key, text in changed.items()}
    kept = {key: text for key, text in {**WELL, **changes}.items() if key not in without}
    return parse(printed(kept), ours, ours, "ada")


def without_tool(*names: str) -> str:
    """The `tool` section of a host that lacks some."""
    return "\n".join(line for line in WELL["tool"].split("\n") if line.partition(" ")[0] not in names)
