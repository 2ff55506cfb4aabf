"""NVIDIA's tool and the driver under it."""

from __future__ import annotations

from hydra_tui.core.checks import Check, bad, not_applicable, ok, warn
from hydra_tui.hosts import nvidia_smi as tool
from hydra_tui.hosts import nvidia_words
from hydra_tui.hosts.checks.expectations import Expectations
from hydra_tui.hosts.checks.packages import sudo_install
from hydra_tui.hosts.checks.report import Answer, Report

ID = "nvidia-smi"

_FIXES = {
    4: "sudo chmod a+rw /dev/nvidia*",
    6: "lspci -nn -d 10de:",
    9: "sudo modprobe nvidia",
    12: "sudo modprobe nvidia",
    15: "sudo reboot",
    18: "sudo reboot",
    126: "sudo chmod a+rx $(command -v nvidia-smi)",
}
"""By exit code; `hosts.nvidia_words` says what they mean."""


def nvidia_smi(report: Report, expected: Expectations) -> Check:
    """Whether the driver answers, where there is an NVIDIA GPU or the configuration says so."""
    cards = report.number("nvidia-cards") or 0
    if report.tool("nvidia-smi"):
        return _installed(report.answer("nvidia"))
    if cards:
        found = f"{_cards(cards)} in this host, but {nvidia_words.NOT_INSTALLED}"
        return bad(ID, found, _driver(report))
    if expected.gpus:
        found = f"services were given its GPUs, but it shows no NVIDIA card, and {nvidia_words.NOT_INSTALLED}"
        return bad(ID, found, _driver(report))
    return not_applicable(ID, "no NVIDIA GPU in this host")


def _installed(answer: Answer | None) -> Check:
    if answer is None:
        return bad(ID, "nvidia-smi does not answer: the driver hangs", "sudo dmesg | grep -E 'NVRM|Xid'")
    if answer.code:
        said = next(filter(None, map(tool.said, answer.lines)), "")
        return bad(ID, said or tool.ended(str(answer.code)), _fix(answer.code, said))
    drivers = [line.strip() for line in answer.lines if line.strip()]
    if not drivers:
        return warn(ID, nvidia_words.NO_GPU, _FIXES[6])
    return ok(ID, f"{_cards(len(drivers))}, driver {drivers[0]}")


def _fix(code: int, said: str) -> str:
    """Also by its words: a wrapped nvidia-smi ends with whatever its wrapper likes."""
    return _FIXES.get(code) or ("sudo reboot" if "reboot" in said else "")


def _cards(count: int) -> str:
    return f"{count} NVIDIA GPU{'s' if count > 1 else ''}"


def _driver(report: Report) -> str:
    return sudo_install(
        report,
        debian="nvidia-driver",
        fedora="akmod-nvidia xorg-x11-drv-nvidia-cuda",
        arch="nvidia nvidia-utils",
    )
