"""Logging in to a real OpenSSH server: host keys, credentials, configuration and hops."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import asyncssh
import pytest

from hydra_tui.core.errors import (
    CommandMissing,
    ConnectionLost,
    HostKeyChanged,
    HostKeyRefused,
    HostKeyRevoked,
    HostKeyUnknown,
    TargetError,
    Unauthorised,
    Unreachable,
)
from hydra_tui.transport import local
from hydra_tui.transport.ssh import SshAddress, SshConnection
from tests.loopback import closed_port
from tests.real.sshd import Sshd, running
from tests.transport.processes import pids_in, until_gone

pytestmark = pytest.mark.real

Require = Callable[[str], str]


@pytest.fixture
def sshd(require: Require, tmp_path: Path) -> Iterator[Sshd]:
    with running(require("sshd"), tmp_path / "sshd") as server:
        yield server


@pytest.fixture
def home_ssh(clean_home: Path) -> Path:
    folder = clean_home / ".ssh"
    folder.mkdir(mode=0o700)
    return folder


async def echo(address: SshAddress) -> str:
    """What a command prints there; the login is this call's."""
    node = SshConnection(address)
    try:
        return (await node.run("echo in", timeout_s=20)).stdout
    finally:
        await node.close()


async def refusal(address: SshAddress, kind: type[TargetError]) -> str:
    """The message with which a login there fails."""
    with pytest.raises(TargetError) as caught:
        await echo(address)
    assert type(caught.value) is kind
    return str(caught.value)


def fingerprint(key: asyncssh.SSHKey) -> str:
    return f"{key.get_algorithm()} {key.get_fingerprint()}"


def quoted_command(message: str) -> list[str]:
    """The first command that a message tells its reader to run."""
    return shlex.split(message.split("`")[1])


async def succeed(*argv: str) -> None:
    """Runs a program that must."""
    done = await local.run(argv, timeout_s=30)
    assert done.exit_status == 0, done.stderr


async def test_a_host_with_the_known_key_lets_us_in(sshd: Sshd) -> None:
    assert await echo(sshd.address) == "in\n"


async def test_an_unknown_key_is_shown_with_the_command_that_accepts_it(sshd: Sshd) -> None:
    sshd.known_hosts.write_text("")
    message = await refusal(sshd.address, HostKeyUnknown)
    assert f"127.0.0.1:{sshd.port} is unknown" in message
    assert fingerprint(sshd.host_key) in message
    command = quoted_command(message)
    answers = ["-o", "StrictHostKeyChecking=accept-new", "-o", "BatchMode=yes"]
    await succeed(command[0], *answers, *command[1:], "true")
    assert await echo(sshd.address) == "in\n"


@pytest.mark.parametrize("algorithm", ["ssh-ed25519", "ecdsa-sha2-nistp256"])
async def test_a_changed_key_is_shown_with_the_command_that_forgets_the_old_one(
    sshd: Sshd, require: Require, algorithm: str
) -> None:
    before = sshd.host_key
    sshd.rekey(algorithm)
    sshd.restart()
    message = await refusal(sshd.address, HostKeyChanged)
    assert "HAS CHANGED" in message
    assert fingerprint(before) in message
    assert fingerprint(sshd.host_key) in message
    command = quoted_command(message)
    assert command == ["ssh-keygen", "-f", str(sshd.known_hosts), "-R", f"[127.0.0.1]:{sshd.port}"]
    await succeed(require("ssh-keygen"), *command[1:])
    await refusal(sshd.address, HostKeyUnknown)
    sshd.trust()
    assert await echo(sshd.address) == "in\n"


async def test_a_revoked_key_is_called_revoked(sshd: Sshd) -> None:
    sshd.trust("@revoked")
    message = await refusal(sshd.address, HostKeyRevoked)
    assert fingerprint(sshd.host_key) in message
    assert "ssh-keygen" not in message


async def test_a_key_is_verified_although_the_configuration_says_otherwise(
    sshd: Sshd, home_ssh: Path
) -> None:
    address = replace(sshd.address, known_hosts=None)
    for line in ("UserKnownHostsFile none", "UserKnownHostsFile /dev/null", "StrictHostKeyChecking no"):
        (home_ssh / "config").write_text(line)
        await refusal(address, HostKeyUnknown)


async def test_the_default_known_hosts_is_read_afresh_and_hashed_names_are_found(
    sshd: Sshd, home_ssh: Path, require: Require
) -> None:
    address = replace(sshd.address, known_hosts=None)
    await refusal(address, HostKeyUnknown)
    default = home_ssh / "known_hosts"
    default.write_bytes(sshd.known_hosts.read_bytes())
    await succeed(require("ssh-keygen"), "-H", "-f", str(default))
    assert b"127.0.0.1" not in default.read_bytes()
    assert await echo(address) == "in\n"
    sshd.rekey()
    sshd.restart()
    message = await refusal(address, HostKeyChanged)
    assert quoted_command(message) == ["ssh-keygen", "-R", f"[127.0.0.1]:{sshd.port}"]


async def test_a_host_key_alias_is_the_name_that_is_looked_up(sshd: Sshd, home_ssh: Path) -> None:
    (home_ssh / "config").write_text("HostKeyAlias rack-7")
    entry = sshd.known_hosts.read_text()
    sshd.known_hosts.write_text(entry.replace("[127.0.0.1]", "[rack-6]"))
    await refusal(sshd.address, HostKeyUnknown)
    sshd.known_hosts.write_text(entry.replace("[127.0.0.1]", "[rack-7]"))
    assert await echo(sshd.address) == "in\n"
    sshd.rekey()
    sshd.restart()
    assert f"-R '[rack-7]:{sshd.port}'" in await refusal(sshd.address, HostKeyChanged)


async def test_a_certificate_of_an_unknown_authority_is_refused(sshd: Sshd) -> None:
    authority = asyncssh.generate_private_key("ssh-ed25519")
    certificate = authority.generate_host_certificate(sshd.host_key, "node", principals=["127.0.0.1"])
    certificate.write_certificate(str(sshd.folder / "host_key-cert.pub"))
    sshd.options["HostCertificate"] = str(sshd.folder / "host_key-cert.pub")
    sshd.restart()
    sshd.known_hosts.write_text("")
    assert fingerprint(authority) in await refusal(sshd.address, HostKeyUnknown)
    line = f"@cert-authority [127.0.0.1]:{sshd.port} {authority.export_public_key().decode()}"
    sshd.known_hosts.write_text(line)
    assert await echo(sshd.address) == "in\n"
    sshd.known_hosts.write_text(line.replace("@cert-authority", "@revoked"))
    await refusal(sshd.address, HostKeyRevoked)


async def test_an_expired_host_certificate_is_refused_with_its_reason(sshd: Sshd) -> None:
    authority = asyncssh.generate_private_key("ssh-ed25519")
    certificate = authority.generate_host_certificate(sshd.host_key, "node", valid_before=1)
    certificate.write_certificate(str(sshd.folder / "host_key-cert.pub"))
    sshd.options["HostCertificate"] = str(sshd.folder / "host_key-cert.pub")
    sshd.restart()
    line = f"@cert-authority [127.0.0.1]:{sshd.port} {authority.export_public_key().decode()}"
    sshd.known_hosts.write_text(line)
    assert "expired" in await refusal(sshd.address, HostKeyRefused)


async def test_a_missing_or_broken_known_hosts_file_is_named(sshd: Sshd, tmp_path: Path) -> None:
    missing = tmp_path / "nowhere"
    address = replace(sshd.address, known_hosts=missing)
    assert f"{missing} does not exist" in await refusal(address, TargetError)
    missing.write_text("one-word\n")
    assert f"{missing} cannot be used: Invalid known hosts entry" in await refusal(address, TargetError)


async def test_a_refused_key_is_named_with_the_user(sshd: Sshd) -> None:
    sshd.authorized_keys.write_text("")
    message = await refusal(sshd.address, Unauthorised)
    assert f"refuses user {sshd.user}: tried the key {sshd.identity}" in message


async def test_having_no_key_at_all_is_said(sshd: Sshd) -> None:
    message = await refusal(replace(sshd.address, identity=None), Unauthorised)
    assert "tried no key: there is none in ~/.ssh, and no agent runs" in message


async def test_default_keys_are_tried_and_too_many_of_them_are_explained(
    require: Require, tmp_path: Path, home_ssh: Path
) -> None:
    for name, algorithm in (("id_ecdsa", "ecdsa-sha2-nistp256"), ("id_ed25519", "ssh-ed25519")):
        asyncssh.generate_private_key(algorithm).write_private_key(str(home_ssh / name))
    with running(require("sshd"), tmp_path / "sshd", {"MaxAuthTries": "1"}) as server:
        address = replace(server.address, identity=None)
        message = await refusal(address, Unauthorised)
        assert "Too many authentication failures" in message
        assert "tried 2 key(s) of ~/.ssh" in message
        assert "Name the one key that fits as its identity" in message


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "No such file or directory"),
        ("not a key", "is not set up right: Invalid private key"),
    ],
)
async def test_a_key_that_cannot_be_read_is_named(sshd: Sshd, content: str | None, words: str) -> None:
    sshd.identity.unlink()
    if content:
        sshd.identity.write_text(content)
    message = await refusal(sshd.address, TargetError)
    assert str(sshd.identity) in message
    assert words in message


def lock(key: Path) -> None:
    """Protects a private key with a passphrase, and puts its public half beside it."""
    private = asyncssh.read_private_key(str(key))
    private.write_private_key(str(key), passphrase="correct horse")
    private.write_public_key(f"{key}.pub")


async def test_a_locked_key_without_an_agent_is_explained(sshd: Sshd) -> None:
    lock(sshd.identity)
    message = await refusal(sshd.address, TargetError)
    assert f"the key {sshd.identity} has a passphrase" in message
    assert f"`ssh-add {sshd.identity}`" in message
    sshd.identity.with_name("id_test.pub").unlink()
    assert "has a passphrase" in await refusal(sshd.address, TargetError)


@pytest.fixture
def agent(require: Require, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The socket of a real ssh-agent, empty."""
    socket = tmp_path / "agent"
    with subprocess.Popen(
        [require("ssh-agent"), "-D", "-a", str(socket)], stdout=subprocess.DEVNULL
    ) as process:
        while not socket.exists():
            assert process.poll() is None
        monkeypatch.setenv("SSH_AUTH_SOCK", str(socket))
        yield socket
        process.kill()


async def test_a_locked_key_is_used_from_the_agent_that_holds_it(
    sshd: Sshd, agent: Path, require: Require
) -> None:
    await succeed(require("ssh-add"), str(sshd.identity))
    lock(sshd.identity)
    assert await echo(sshd.address) == "in\n"
    await succeed(require("ssh-add"), "-D")
    message = await refusal(sshd.address, Unauthorised)
    assert f"{sshd.identity} (which has a passphrase: see ssh-add) and the keys of the agent" in message


async def test_an_agent_full_of_other_keys_does_not_spend_the_tries(
    require: Require, tmp_path: Path, agent: Path
) -> None:
    for number in range(3):
        key = tmp_path / f"other-{number}"
        key.touch(mode=0o600)
        asyncssh.generate_private_key("ssh-ed25519").write_private_key(str(key))
        await succeed(require("ssh-add"), str(key))
    with running(require("sshd"), tmp_path / "sshd", {"MaxAuthTries": "2"}) as server:
        assert await echo(server.address) == "in\n"
        asyncssh.read_private_key(str(server.identity)).write_public_key(f"{server.identity}.pub")
        assert await echo(server.address) == "in\n"


def alias(sshd: Sshd, name: str, *lines: str) -> str:
    """A paragraph of ssh_config that makes `name` mean this server."""
    return "\n  ".join(
        [
            f"Host {name}",
            "HostName 127.0.0.1",
            f"Port {sshd.port}",
            f"User {sshd.user}",
            f"IdentityFile {sshd.identity}",
            f"UserKnownHostsFile {sshd.known_hosts}",
            *lines,
            "\n",
        ]
    )


async def test_an_alias_of_the_configuration_is_all_that_is_needed(sshd: Sshd, home_ssh: Path) -> None:
    (home_ssh / "config").write_text(alias(sshd, "node-a"))
    assert await echo(SshAddress("node-a")) == "in\n"
    sshd.known_hosts.write_text("")
    message = await refusal(SshAddress("node-a"), HostKeyUnknown)
    assert f"node-a (127.0.0.1:{sshd.port})" in message
    assert quoted_command(message) == ["ssh", "node-a"]


async def test_another_configuration_file_replaces_the_usual_one(sshd: Sshd, tmp_path: Path) -> None:
    config = tmp_path / "config"
    config.write_text(alias(sshd, "node-b"))
    assert await echo(SshAddress("node-b", config=config)) == "in\n"
    config.unlink()
    assert f"{config}, needed to log in at node-b: No such file" in await refusal(
        SshAddress("node-b", config=config), TargetError
    )


async def test_what_is_given_beats_the_configuration(sshd: Sshd, home_ssh: Path) -> None:
    (home_ssh / "config").write_text("Host *\n  User nobody\n  Port 1\n  IdentityFile /nowhere")
    assert await echo(sshd.address) == "in\n"


async def test_what_the_configuration_wants_for_terminals_does_not_reach_us(
    sshd: Sshd, home_ssh: Path
) -> None:
    (home_ssh / "config").write_text("RemoteCommand tmux attach\nRequestTTY force\nForwardAgent yes")
    assert await echo(sshd.address) == "in\n"


async def test_a_broken_line_of_the_configuration_is_named(sshd: Sshd, home_ssh: Path) -> None:
    (home_ssh / "config").write_text("\nPort ssh\n")
    message = await refusal(replace(sshd.address, port=None), TargetError)
    assert f"{home_ssh}/config line 2: Invalid Port integer value: ssh" in message


async def test_a_jump_leads_through_another_host(sshd: Sshd, home_ssh: Path) -> None:
    hops = [
        alias(sshd, "bastion"),
        alias(sshd, "inner", "ProxyJump bastion"),
        alias(sshd, "node-c", f"ProxyJump bastion,{sshd.user}@inner:{sshd.port}"),
        alias(sshd, "node-d", "ProxyJump inner"),
    ]
    (home_ssh / "config").write_text("".join(hops))
    for name, connections in (("inner", 2), ("node-c", 3), ("node-d", 3)):
        node = SshConnection(SshAddress(name))
        assert (await node.run("echo in", timeout_s=20)).stdout == "in\n"
        logins = sshd.session_pids()
        assert len(logins) >= connections
        await node.close()
        for pid in logins:
            await until_gone(pid)


async def test_a_jump_host_is_verified_as_strictly_as_the_node(sshd: Sshd, home_ssh: Path) -> None:
    careless = alias(sshd, "bastion").replace(str(sshd.known_hosts), "none")
    (home_ssh / "config").write_text(careless + alias(sshd, "node-e", "ProxyJump bastion"))
    message = await refusal(SshAddress("node-e"), HostKeyUnknown)
    assert message.startswith("the host key of bastion")


async def test_a_jump_that_leads_nowhere_says_where_it_stopped(sshd: Sshd, home_ssh: Path) -> None:
    far = alias(sshd, "node-f", "ProxyJump bastion").replace(f"Port {sshd.port}", f"Port {closed_port()}")
    (home_ssh / "config").write_text(alias(sshd, "bastion") + far)
    message = await refusal(SshAddress("node-f"), Unreachable)
    assert message.startswith("the jump host cannot reach node-f (127.0.0.1:")


async def test_jumps_in_circles_are_not_followed_for_ever(sshd: Sshd, home_ssh: Path) -> None:
    (home_ssh / "config").write_text(alias(sshd, "*", "ProxyJump bastion"))
    assert "ProxyJump leads in circles" in await refusal(SshAddress("node-g"), TargetError)


RELAY = """
import os, socket, sys, threading
open(sys.argv[1], "w").write(f"{os.getpid()}\\n")
far = socket.create_connection(("127.0.0.1", int(sys.argv[2])))
def back():
    while data := far.recv(65536):
        os.write(1, data)
threading.Thread(target=back, daemon=True).start()
while data := os.read(0, 65536):
    far.sendall(data)
"""


async def test_a_proxy_command_is_used_and_ends_with_the_connection(
    sshd: Sshd, home_ssh: Path, tmp_path: Path, require: Require
) -> None:
    relay, pids = tmp_path / "relay.py", tmp_path / "pids"
    relay.write_text(RELAY)
    command = f"ProxyCommand {require('python3')} {relay} {pids} %p"
    (home_ssh / "config").write_text(alias(sshd, "node-h", command))
    assert await echo(SshAddress("node-h")) == "in\n"
    for pid in await pids_in(pids):
        await until_gone(pid)


async def test_a_proxy_command_that_is_missing_or_fails_is_named(sshd: Sshd, home_ssh: Path) -> None:
    (home_ssh / "config").write_text(alias(sshd, "node-i", "ProxyCommand no-such-relay %h %p"))
    assert "no-such-relay" in await refusal(SshAddress("node-i"), CommandMissing)
    (home_ssh / "config").write_text(alias(sshd, "node-i", "ProxyCommand /bin/false"))
    await refusal(SshAddress("node-i"), ConnectionLost)
