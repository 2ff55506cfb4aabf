"""The capability script as nodes run it: by dash, bash and BusyBox, beside tools of ours."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from hydra_tui.core.checks import Check, Verdict
from hydra_tui.hosts.capabilities import (
    LATE_S,
    REMOTE_ROWS,
    ROWS,
    TOOL_S,
    capability_command,
    is_capability_command,
)
from hydra_tui.hosts.checks import docker, gpu, system, systemd
from hydra_tui.hosts.checks.expectations import Expectations
from hydra_tui.hosts.checks.report import Report, parse
from hydra_tui.transport.ssh_tie import tied
from tests.hosts.family import MARK, family, wait_until
from tests.real.conftest import missing

SHELLS = {"dash": "dash", "bash": "bash", "bash as sh": "bash --posix", "BusyBox": "busybox sh"}

ANSWERING = {
    "nvidia-smi": "echo 580.95.05; echo 580.95.05",
    "docker": "echo 28.5.1",
    "systemctl": "case $1 in --version) echo 'systemd 257 (257.8)';; *) echo degraded; exit 1;; esac",
    "sudo": "echo '    (root) NOPASSWD: ALL'",
    "df": "echo 'Filesystem 1024-blocks Used Available Capacity Mounted on'; echo '/dev/x 9 4 5 45% /a b'",
}
"""Tools of a host that is well."""

HANGING = "trap '' TERM; exec sleep 1000"
FLOODING = "yes 'a line that has no end' | head -n 500000"
ASKING = "printf 'Password: '; read -r answer; printf 'Password: ' >/dev/tty; echo got $answer; exit 3"
DENIED = "echo 'permission denied while trying to connect to the docker API at unix:///x' >&2; exit 1"
UNUSABLE = "exit 125"

Examine = Callable[..., Report]


@pytest.fixture(params=list(SHELLS.values()), ids=list(SHELLS))
def shell(request: pytest.FixtureRequest) -> str:
    shell = str(request.param)
    if shutil.which(shell.split()[0]) is None:
        missing(shell)
    return shell


@pytest.fixture
def name() -> Iterator[str]:
    """What every process of a test inherits; what is left of them is ended."""
    name = uuid.uuid4().hex
    yield name
    for pid in family(name):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


@pytest.fixture
def examine(tmp_path: Path, shell: str, name: str) -> Examine:
    """Runs the script with such tools first on the path, each of which may take a second."""

    def examine(**tools: str) -> Report:
        for tool, text in {**ANSWERING, **tools}.items():
            file = tmp_path / tool.replace("_", "-")
            file.write_text(f"#!/bin/sh\n{text}\n")
            file.chmod(0o755)
        command = capability_command().replace("/bin/sh", shell, 1).removesuffix(f"{TOOL_S} {LATE_S}") + "1 2"
        asked_at = time.time()
        done = subprocess.run(
            [*shlex.split(shell), "-c", command],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=40,
            check=True,
            start_new_session=True,
            env={**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", MARK: name},
        )
        assert done.stderr == ""
        return parse(done.stdout, asked_at, time.time())

    return examine


def rows(report: Report) -> dict[str, Check]:
    checks = [row(report, Expectations()) for row in (system.shell, *ROWS, *REMOTE_ROWS)]
    return {check.id: check for check in checks}


def test_it_tells_of_this_machine_and_of_its_tools(examine: Examine, name: str) -> None:
    heard = examine()
    assert (heard.user, heard.number("uid")) == (subprocess.getoutput("id -un"), os.getuid())
    assert heard.first("groups").split() == subprocess.getoutput("id -nG").split()
    found = rows(heard)
    assert found["shell"].verdict is found["procfs"].verdict is found["clock"].verdict is Verdict.OK
    assert found["df"].found == "answers: 1 disk"
    assert found["nvidia-smi"].found == "2 NVIDIA GPUs, driver 580.95.05"
    assert found["docker"].found == "usable without sudo, server 28.5.1"
    assert heard.first("running") == "degraded"
    assert wait_until(lambda: not family(name)), family(name)


def test_what_a_tool_says_on_standard_error_is_heard(examine: Examine) -> None:
    check = docker.docker(examine(docker=DENIED), Expectations())
    assert (check.verdict, check.fix.split()[:4]) == (Verdict.BAD, ["sudo", "usermod", "-aG", "docker"])


def test_a_tool_that_hangs_costs_its_own_row_and_is_ended(examine: Examine, name: str) -> None:
    heard = examine(nvidia_smi=HANGING, df=HANGING)
    assert gpu.nvidia_smi(heard, Expectations()).found == "nvidia-smi does not answer: the driver hangs"
    assert system.df(heard, Expectations()).verdict is Verdict.BAD
    assert docker.docker(heard, Expectations()).verdict is Verdict.OK
    assert heard.number("done") is not None
    assert wait_until(lambda: not family(name)), family(name)


def test_a_tool_that_cannot_be_ended_is_left_behind(examine: Examine) -> None:
    heard = examine(timeout=UNUSABLE, docker=HANGING)
    assert docker.docker(heard, Expectations()).found == "the daemon does not answer"
    assert heard.answer("systemd")
    assert heard.number("done") is not None


def test_a_tool_that_asks_gets_no_answer_and_keeps_nobody_waiting(examine: Examine) -> None:
    answer = examine(sudo=ASKING).answer("sudo")
    assert answer
    assert (answer.code, answer.words) == (3, "got")


def test_a_tool_that_has_no_end_is_cut(examine: Examine) -> None:
    answer = examine(docker=FLOODING).answer("docker")
    assert answer
    assert len(answer.lines) <= 60


def test_a_host_without_systemd_is_told_from_one_with_it(examine: Examine) -> None:
    heard = examine()
    booted = Path("/run/systemd/system").is_dir()
    assert bool(heard.first("booted")) is booted
    assert systemd.systemd(heard, Expectations()).verdict is not Verdict.BAD


@pytest.mark.parametrize("wrap", [str, tied, lambda command: tied(command, 15.0)])
def test_a_simulated_host_knows_the_command_however_it_is_sent(wrap: Callable[[str], str]) -> None:
    assert is_capability_command(wrap(capability_command()))
    assert not is_capability_command(wrap("true"))
