"""How a program is installed on the distribution that a report comes from."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from hydra_tui.hosts.checks.report import Report

_INSTALL: Mapping[str, str] = MappingProxyType(
    {
        "debian": "apt-get install",
        "fedora": "dnf install",
        "rhel": "dnf install",
        "arch": "pacman -S",
        "alpine": "apk add",
        "suse": "zypper install",
    }
)
"""By an `ID` or `ID_LIKE` of os-release(5)."""


def install(report: Report, **packages: str) -> str:
    """The command, run as root, that installs a package known by distribution; `other` is every other's name.

    Empty where the distribution, or its package, is unknown.
    """
    families = " ".join(line.strip("\"'") for line in report.sections.get("os", ())).split()
    family = next((name for name in families if name in _INSTALL), "")
    package = packages.get(family) or packages.get("other", "")
    return f"{_INSTALL[family]} {package}" if family and package else ""


def sudo_install(report: Report, **packages: str) -> str:
    """The same for someone who has sudo."""
    command = install(report, **packages)
    return f"sudo {command}" if command else ""
