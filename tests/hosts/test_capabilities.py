"""A checklist from the login to its last row, with a connection made by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from hydra_tui.core.checks import Check, Verdict
from hydra_tui.core.errors import (
    ConnectionLost,
    ConnectionRefused,
    HostKeyChanged,
    HostKeyRevoked,
    NameNotResolved,
    NoAnswer,
    TargetError,
    Unauthorised,
)
from hydra_tui.hosts.capabilities import examine_local, examine_remote
from hydra_tui.hosts.checks.expectations import Expectations
from hydra_tui.transport.completed import Completed
from hydra_tui.transport.ssh_address import SshAddress
from tests.hosts.reports import WELL, printed

ADDRESS = SshAddress("hydra-ai", 2222, "ada", identity=Path("my keys/id"))
CHANGED = "the key HAS CHANGED. If it was: `ssh-keygen -R '[hydra-ai]:2222'`, then `ssh -p 2222 hydra-ai`"
LOCKED = (
    "the key k has a passphrase and no agent to hold it: run `ssh-add k` and keep its .pub file beside it"
)
OPTIONS = "-i 'my keys/id' -p 2222 ada@hydra-ai"


class Host:
    """Answers what it was told to, in order."""

    def __init__(self, *answers: Completed | TargetError) -> None:
        self._answers = list(answers)

    async def run(self, command: str, *, timeout_s: float) -> Completed:
        answer = self._answers.pop(0)
        if isinstance(answer, TargetError):
            raise answer
        return answer


ENTERED = Completed(0, "", "")


async def examined(*answers: Completed | TargetError) -> dict[str, Check]:
    checks = await examine_remote(Host(*answers), ADDRESS, Expectations())
    assert len({check.id for check in checks}) == len(checks)
    return {check.id: check for check in checks}


async def test_a_host_that_is_well_has_a_row_for_everything() -> None:
    found = await examined(ENTERED, Completed(0, printed(WELL), ""))
    assert list(found) == [
        *("ssh-login", "host-key", "shell", "procfs", "df", "nvidia-smi", "docker", "systemd", "journal"),
        *("sudo", "clock", "sshd-sessions", "sshd-forwarding"),
    ]
    assert {check.verdict for name, check in found.items() if name != "clock"} == {Verdict.OK}


@pytest.mark.parametrize(
    ("error", "row", "fix", "here"),
    [
        (
            HostKeyChanged(CHANGED),
            "host-key",
            "ssh-keygen -R '[hydra-ai]:2222' && ssh -p 2222 hydra-ai",
            True,
        ),
        (HostKeyRevoked("revoked: do not log in"), "host-key", "", True),
        (Unauthorised("refuses user ada"), "ssh-login", f"ssh-copy-id {OPTIONS}", True),
        (TargetError(LOCKED), "ssh-login", "ssh-add k", True),
        (
            ConnectionRefused("nothing listens"),
            "ssh-login",
            "sudo systemctl enable --now ssh || sudo systemctl enable --now sshd",
            False,
        ),
        (NoAnswer("`true` on h took longer than 1 s"), "ssh-login", f"ssh -v {OPTIONS}", True),
        (NameNotResolved("unknown here"), "ssh-login", f"ssh -v {OPTIONS}", True),
    ],
)
async def test_a_login_that_fails_is_told_with_its_way_out_and_ends_the_list(
    error: TargetError, row: str, fix: str, here: bool
) -> None:
    found = await examined(error)
    (other,) = {"ssh-login", "host-key"} - {row}
    assert set(found) == {"ssh-login", "host-key"}
    assert (found[row].verdict, found[row].found) == (Verdict.BAD, str(error))
    assert (found[row].fix, found[row].fix_here) == (fix, here)
    assert found[other].verdict is Verdict.NOT_APPLICABLE


async def test_a_connection_that_is_lost_on_the_way_is_a_row() -> None:
    found = await examined(ENTERED, ConnectionLost("the SSH connection was lost"))
    assert found["shell"].verdict is Verdict.BAD
    assert "the SSH connection was lost" in found["shell"].found


async def test_an_account_without_a_shell_is_quoted_from_either_output() -> None:
    for said in (Completed(1, "No shell for you.\n", ""), Completed(1, "", "No shell for you.\n")):
        found = await examined(ENTERED, said)
        assert found["shell"].found == "this account runs no POSIX shell: it says “No shell for you.”"
        assert found["shell"].fix == "sudo usermod -s /bin/sh ada"
        assert set(found) == {"ssh-login", "host-key", "shell"}


async def test_this_machine_is_examined_without_ssh() -> None:
    found = {check.id: check for check in await examine_local(Expectations())}
    assert found["ssh-login"].verdict is found["clock"].verdict is Verdict.NOT_APPLICABLE
    assert found["shell"].verdict is found["procfs"].verdict is Verdict.OK
    assert found["df"].found.startswith("answers: ")
