"""The parts of SSH that need no server: addresses, hops, known hosts, lines."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import asyncssh
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hydra_tui.core.errors import TargetError
from hydra_tui.transport.line_cutter import LineCutter
from hydra_tui.transport.ssh_address import SshAddress
from hydra_tui.transport.ssh_jumps import jumps_of
from hydra_tui.transport.ssh_known_hosts import load_known_hosts


@pytest.mark.parametrize(
    ("address", "command"),
    [
        (SshAddress("node-a"), "ssh node-a"),
        (SshAddress("node-a", 2222, "ops"), "ssh -p 2222 ops@node-a"),
        (
            SshAddress("node-a", identity=Path("/k"), known_hosts=Path("/h h"), config=Path("/c")),
            "ssh -F /c -o 'UserKnownHostsFile=/h h' -i /k node-a",
        ),
        (SshAddress("$(reboot)"), "ssh '$(reboot)'"),
    ],
)
def test_an_address_is_the_command_an_operator_would_type(address: SshAddress, command: str) -> None:
    assert address.command == command


@pytest.mark.parametrize(
    ("text", "hops"),
    [
        ("", []),
        ("bastion", [SshAddress("bastion")]),
        ("ops@bastion:2222", [SshAddress("bastion", 2222, "ops")]),
        ("a, b:3", [SshAddress("a"), SshAddress("b", 3)]),
        ("ssh://ops@bastion", [SshAddress("bastion", user="ops")]),
        ("[2001:db8::1]:22", [SshAddress("2001:db8::1", 22)]),
        ("2001:db8::1", [SshAddress("2001:db8::1")]),
    ],
)
def test_hops_are_read_as_openssh_reads_them(text: str, hops: list[SshAddress]) -> None:
    assert list(jumps_of(text, None)) == hops


def test_hops_are_resolved_by_the_configuration_that_names_them() -> None:
    assert jumps_of("bastion", Path("/c"))[0].config == Path("/c")


@pytest.mark.parametrize("text", ["bastion:ssh", "ops@", ":22", "a,b:x"])
def test_hops_that_cannot_be_read_are_named(text: str) -> None:
    with pytest.raises(TargetError, match="is not of the form user@host:port"):
        jumps_of(text, None)


@given(st.lists(st.binary(max_size=12)), st.integers(1, 20))
def test_lines_do_not_depend_on_how_the_bytes_were_chunked(chunks: list[bytes], limit: int) -> None:
    cutter = LineCutter(limit)
    lines = [line for chunk in chunks for line in cutter.feed(chunk)] + cutter.end()
    whole = b"".join(chunks).split(b"\n")
    expected = [line[:limit] + b"\n" for line in whole[:-1]] + ([whole[-1][:limit]] if whole[-1] else [])
    assert lines == expected


def test_an_endless_line_costs_no_more_than_the_limit() -> None:
    cutter = LineCutter(10)
    for _ in range(1000):
        assert cutter.feed(b"x" * 1000) == []
    assert cutter.end() == [b"x" * 10]


NAMES = ("host", "port", "revoked", "authority")
KEYS = {name: asyncssh.generate_private_key("ssh-ed25519") for name in NAMES}
NOTHING_SAID: dict[str, object] = {}


def public(name: str) -> str:
    return KEYS[name].export_public_key().decode().strip()


@pytest.fixture
def known_hosts(tmp_path: Path) -> Path:
    file = tmp_path / "known_hosts"
    file.write_text(
        f"# a comment\n\nnode-a {public('host')}\n[node-a]:2222 {public('port')}\n"
        f"@revoked [node-a]:3333 {public('revoked')}\n@cert-authority *.lan {public('authority')}\n"
        "node-a ssh-future AAAA\n"
    )
    return file


@pytest.mark.parametrize(
    ("name", "port", "trusted", "revoked"),
    [
        ("node-a", 22, ["host"], []),
        ("node-a", 2222, ["port"], []),
        ("node-a", 3333, ["host"], ["revoked"]),
        ("node-a", 4444, ["host"], []),
        ("x.lan", 22, ["authority"], []),
        ("node-b", 22, [], []),
    ],
)
def test_the_keys_of_a_port_come_before_those_of_its_host(
    known_hosts: Path, name: str, port: int, trusted: list[str], revoked: list[str]
) -> None:
    known = load_known_hosts(SshAddress("node-a", known_hosts=known_hosts), NOTHING_SAID).match(
        name, "", port
    )
    assert [key.export_public_key() for key in known.trusted] == [
        KEYS[key].export_public_key() for key in trusted
    ]
    assert [key.export_public_key() for key in known.revoked] == [
        KEYS[key].export_public_key() for key in revoked
    ]


def test_files_that_the_configuration_names_need_not_exist(known_hosts: Path, tmp_path: Path) -> None:
    config: dict[str, object] = {
        "UserKnownHostsFile": [str(tmp_path / "none"), str(known_hosts)],
        "GlobalKnownHostsFile": [str(tmp_path / "neither")],
    }
    found = load_known_hosts(SshAddress("node-a"), config)
    assert found.files == (known_hosts,)
    assert found.file_of("node-a", 22) == known_hosts
    assert found.file_of("node-b", 22) is None


def test_making_a_connection_does_not_import_asyncssh() -> None:
    code = (
        "import sys; from hydra_tui.transport.ssh import SshAddress, SshConnection;"
        "SshConnection(SshAddress('x')); sys.exit('asyncssh' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
