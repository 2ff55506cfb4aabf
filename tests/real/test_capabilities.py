"""The checklist behind a real sshd: as whoever runs the tests, and as somebody without rights."""

from __future__ import annotations

import asyncio
import getpass
import os
import pwd
import shlex
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from hydra_tui.core.checks import Check, Verdict
from hydra_tui.hosts.capabilities import examine_remote
from hydra_tui.hosts.checks.expectations import Expectations
from hydra_tui.hosts.checks.sudo import sudo
from hydra_tui.transport.ssh import SshConnection
from hydra_tui.transport.ssh_address import SshAddress
from tests.hosts.family import MARK, family, wait_until
from tests.hosts.reports import report
from tests.real.conftest import missing
from tests.real.sshd import Sshd, running

pytestmark = pytest.mark.real

WANTED = Expectations(units=("ollama.service",))

BOOTED = Path("/run/systemd/system").is_dir()

DENIED = """\
#!/bin/sh
echo 'permission denied while trying to connect to the Docker daemon socket at unix:///x' >&2
exit 1
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """Open to every user, as pytest's own are not."""
    path = Path(tempfile.mkdtemp(prefix="hydra-test-"))
    path.chmod(0o755)
    docker = path / "docker"
    docker.write_text(DENIED)
    docker.chmod(0o755)
    yield path
    shutil.rmtree(path)


@pytest.fixture
def home(folder: Path) -> Path:
    """Where a login finds itself: an empty folder that is everybody's."""
    path = folder / "home"
    path.mkdir()
    path.chmod(0o777)
    return path


@pytest.fixture
def mark() -> str:
    return uuid.uuid4().hex


@pytest.fixture
def server(folder: Path, home: Path, mark: str, require: Callable[[str], str]) -> Iterator[Sshd]:
    """A node on which docker refuses."""
    # PAM lets in users that have no password.
    settings = {"SetEnv": f"{MARK}={mark} HOME={home} PATH={folder}:/usr/bin:/bin", "UsePAM": "yes"}
    with running(require("sshd"), folder / "sshd", settings) as started:
        yield started


@asynccontextmanager
async def logged_in(address: SshAddress) -> AsyncIterator[SshConnection]:
    connection = SshConnection(address)
    try:
        yield connection
    finally:
        await connection.close()


async def examined(address: SshAddress) -> dict[str, Check]:
    async with logged_in(address) as connection:
        return {check.id: check for check in await examine_remote(connection, address, WANTED)}


def unprivileged() -> str:
    """A user with a shell and without rights."""
    if os.getuid():
        return getpass.getuser()
    for name in ("postgres", "games"):
        try:
            if pwd.getpwnam(name).pw_shell in ("/bin/bash", "/bin/sh"):
                return name
        except KeyError:
            continue
    missing("a user with a shell beside root")
    raise AssertionError


async def test_this_machine_is_told_as_it_is(server: Sshd, mark: str) -> None:
    found = await examined(server.address)
    assert found["ssh-login"].verdict is found["host-key"].verdict is Verdict.OK
    assert found["shell"].verdict is found["procfs"].verdict is Verdict.OK
    assert found["clock"].found == "within 2 s of ours"
    assert found["df"].verdict is Verdict.OK
    assert found["docker"].fix == f"sudo usermod -aG docker {server.user}"
    assert (found["systemd"].verdict is Verdict.BAD) is not BOOTED
    if os.getuid() == 0:
        assert found["sudo"].found == "not needed: we are root"
    assert await asyncio.to_thread(wait_until, lambda: not family(mark)), family(mark)


async def test_a_user_without_rights_is_told_what_to_ask_for(server: Sshd) -> None:
    user = unprivileged()
    found = await examined(replace(server.address, user=user))
    assert found["ssh-login"].verdict is Verdict.OK
    assert found["docker"].fix == f"sudo usermod -aG docker {user}"
    assert found["procfs"].verdict is Verdict.OK
    assert found["sudo"].found != "not needed: we are root"


async def test_it_leaves_nothing_in_the_home_of_its_user(server: Sshd, home: Path) -> None:
    await examined(server.address)
    assert os.listdir(home) == []


async def test_an_account_that_may_not_run_commands_is_told_how_it_may(
    folder: Path, require: Callable[[str], str]
) -> None:
    refusal = "/bin/sh -c 'echo This account is currently not available.; exit 1'"
    with running(require("sshd"), folder / "sshd", {"ForceCommand": refusal}) as server:
        found = await examined(server.address)
    assert found["ssh-login"].verdict is Verdict.OK
    assert "“This account is currently not available.”" in found["shell"].found
    assert found["shell"].fix == f"sudo usermod -s /bin/sh {server.user}"


async def test_a_host_key_that_changed_is_told_with_the_command_that_forgets_the_old_one(
    server: Sshd,
) -> None:
    server.rekey()
    server.restart()
    found = await examined(server.address)
    assert found["host-key"].fix.startswith(
        f"ssh-keygen -f {server.known_hosts} -R '[127.0.0.1]:{server.port}'"
    )
    assert found["ssh-login"].verdict is Verdict.NOT_APPLICABLE
    forget = found["host-key"].fix.partition(" && ")[0]
    assert await asyncio.to_thread(subprocess.call, forget, shell=True, stdout=subprocess.DEVNULL) == 0
    assert "[127.0.0.1]" not in server.known_hosts.read_text()


async def test_a_login_that_is_refused_is_told_with_the_command_that_brings_the_key(server: Sshd) -> None:
    server.authorized_keys.write_text("")
    found = await examined(server.address)
    assert found["ssh-login"].fix.startswith("ssh-copy-id -o ")
    assert found["ssh-login"].fix_here


def test_the_line_for_sudoers_is_one_that_sudo_reads(folder: Path, require: Callable[[str], str]) -> None:
    units = Expectations(units=("ollama.service", r"dev-disk\x2dby:a,b=c.service", "getty@tty1.service"))
    fix = sudo(report(sudo="sudo: a password is required", sudo_end="1"), units).fix
    rules = folder / "rules"
    rules.write_text(shlex.split(fix)[1] + "\n")
    done = subprocess.run([require("visudo"), "-cf", rules], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
