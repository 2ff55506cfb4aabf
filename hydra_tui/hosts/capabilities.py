"""What a node can do for us, found out by one script that changes nothing there.

The script is `capabilities.sh`. It prints lines that start with `MARK`, a key and a space, so that a start
file's greetings are told apart. `now` and `done` are the node's clock in whole seconds at both ends; `uid`,
`user`, `groups`, `system`, `shell`, `sh`, `os`, `init`, `nvidia-cards`, `booted` and `journal` are what their
names say; `proc NAME` is a file of `/proc` that could be read, `tool NAME PATH` a program that is there;
`sshd file PATH` begins what `sshd KEYWORD VALUE` says in that file. `df`, `nvidia`, `docker`, `systemd`,
`running` and `sudo` are what tools printed on either output, and `KEY-end CODE` how they ended; without
that line they did not answer in time.

No prompt can hang it: standard input is empty, `sudo` is told never to ask, each tool has `TOOL_S` seconds.
"""

from __future__ import annotations

import shlex
import time
from collections.abc import Callable
from importlib.resources import files
from typing import Protocol

from hydra_tui.core.checks import Check, bad, not_applicable
from hydra_tui.core.errors import TargetError
from hydra_tui.hosts.checks import docker, gpu, login, sshd, sudo, system, systemd
from hydra_tui.hosts.checks.expectations import Expectations
from hydra_tui.hosts.checks.report import Report, parse
from hydra_tui.hosts.script import MARK
from hydra_tui.transport import local
from hydra_tui.transport.completed import Completed
from hydra_tui.transport.ssh_address import SshAddress

NAME = "hydra-capabilities"
"""The script's `$0`: how a simulated host knows it."""

TOOL_S = 5
LATE_S = 7
"""What has not been killed by then is left behind."""
LOGIN_S = 15.0
SCRIPT_S = 60.0
"""All tools hanging at once, and a slow link."""

Row = Callable[[Report, Expectations], Check]

ROWS: tuple[Row, ...] = (
    system.procfs,
    system.df,
    gpu.nvidia_smi,
    docker.docker,
    systemd.systemd,
    systemd.journal,
    sudo.sudo,
)
"""Those of every host on which the script ran."""

REMOTE_ROWS: tuple[Row, ...] = (system.clock, sshd.sessions, sshd.forwarding)
"""Those that make sense at the other end of SSH only."""

_WITHOUT_SSH = ("ssh-login", "host-key", "clock", "sshd-sessions", "sshd-forwarding")


class Runner(Protocol):
    """Whatever runs a command on a host: `transport.ssh.SshConnection`, or a test."""

    async def run(self, command: str, *, timeout_s: float) -> Completed:
        """Runs it until it ends by itself. Raises `TargetError`."""
        ...


async def examine_remote(
    connection: Runner, address: SshAddress, expected: Expectations
) -> tuple[Check, ...]:
    """The checklist of a node behind SSH. Never raises `TargetError`: that becomes a row."""
    began = time.monotonic()
    try:
        await connection.run("true", timeout_s=LOGIN_S)
    except TargetError as error:
        return login.refused(error, address)
    entered = login.logged_in(time.monotonic() - began)
    asked_at = time.time()
    try:
        done = await connection.run(capability_command(), timeout_s=SCRIPT_S)
    except TargetError as error:
        return (*entered, bad("shell", f"the checks did not come to an end: {error}"))
    report = parse(f"{done.stdout}\n{_words(done)}", asked_at, time.time(), address.user or "")
    return (*entered, *_rows(report, expected, (*ROWS, *REMOTE_ROWS)))


async def examine_local(expected: Expectations) -> tuple[Check, ...]:
    """The checklist of this machine. Never raises `TargetError`: that becomes a row."""
    absent = tuple(not_applicable(name, "this machine, without SSH") for name in _WITHOUT_SSH)
    asked_at = time.time()
    try:
        done = await local.run(["/bin/sh", "-c", capability_command()], timeout_s=SCRIPT_S)
    except TargetError as error:
        return (*absent, bad("shell", f"the checks did not come to an end: {error}"))
    return (*absent, *_rows(parse(done.stdout, asked_at, time.time()), expected, ROWS))


def capability_command() -> str:
    """One command line for the login shell of a node."""
    lines = files(__package__).joinpath("capabilities.sh").read_text().splitlines()
    script = "\n".join(line for line in lines if not line.lstrip().startswith("#")).replace('"@', f'"{MARK}')
    return f"exec /bin/sh -c {shlex.quote(script)} {NAME} {TOOL_S} {LATE_S}"


def is_capability_command(command: str) -> bool:
    """Whether `command` is (or wraps) the script."""
    return f" {NAME} {TOOL_S} {LATE_S}" in command


def _rows(report: Report, expected: Expectations, rows: tuple[Row, ...]) -> tuple[Check, ...]:
    """Without a shell there is nothing else to tell."""
    shell = system.shell(report, expected)
    return (shell, *(row(report, expected) for row in rows)) if report.ran else (shell,)


def _words(done: Completed) -> str:
    """What a host says on standard error instead of running the script, which says nothing there."""
    return done.stderr if done.exit_status else ""
