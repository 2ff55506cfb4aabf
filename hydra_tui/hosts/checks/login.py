"""Whether we get in, and into the host that we know."""

from __future__ import annotations

import re
import shlex

from hydra_tui.core.checks import Check, bad, not_applicable, ok
from hydra_tui.core.errors import (
    ConnectionRefused,
    HostKeyRefused,
    TargetError,
    Unauthorised,
    Unreachable,
)
from hydra_tui.transport.ssh_address import SshAddress

_QUOTED = re.compile(r"`([^`]+)`")
"""How our messages show a command."""

_START_SSHD = "sudo systemctl enable --now ssh || sudo systemctl enable --now sshd"


def logged_in(seconds: float) -> tuple[Check, Check]:
    """The rows of a login that worked; it took so long."""
    return (
        ok("ssh-login", f"works, in {seconds:.1f} s"),
        ok("host-key", "the one that known_hosts has"),
    )


def refused(error: TargetError, address: SshAddress) -> tuple[Check, Check]:
    """The rows of a login that did not."""
    if isinstance(error, HostKeyRefused):
        return (
            not_applicable("ssh-login", "not tried: the host's key was not accepted"),
            bad("host-key", str(error), _quoted(error), fix_here=True),
        )
    return _failed(error, address), not_applicable("host-key", "not seen, or not the reason")


def _failed(error: TargetError, address: SshAddress) -> Check:
    words = str(error)
    if isinstance(error, ConnectionRefused):
        return bad("ssh-login", words, _START_SSHD)
    if isinstance(error, Unauthorised):
        # ssh-copy-id takes ssh's own options.
        return bad("ssh-login", words, f"ssh-copy-id {_arguments(address)}", fix_here=True)
    fix = "" if isinstance(error, Unreachable) else _quoted(error)
    return bad("ssh-login", words, fix or f"ssh -v {_arguments(address)}", fix_here=True)


def _quoted(error: TargetError) -> str:
    """The commands that the message names, one after the other."""
    return " && ".join(_QUOTED.findall(str(error)))


def _arguments(address: SshAddress) -> str:
    return shlex.join(shlex.split(address.command)[1:])
