"""A real OpenSSH server on loopback, which a test may kill, freeze, restart and re-key."""

from __future__ import annotations

import getpass
import os
import random
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import asyncssh

from hydra_tui.transport.ssh_address import SshAddress

PRIVILEGE_SEPARATION = Path("/run/sshd")
"""sshd run by root insists on it; distributions make it when they start their own."""

START_S = 20.0

PORTS = (20_000, 32_000)


class Sshd:
    """One sshd with files of its own in `folder`. The user who runs the tests may log in with `identity`."""

    def __init__(self, program: str, folder: Path, options: Mapping[str, str] | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.port = _free_port()
        self.user = getpass.getuser()
        self.identity = folder / "id_test"
        self.known_hosts = folder / "known_hosts"
        self.authorized_keys = folder / "authorized_keys"
        self._program = program
        self.options = dict(options or {})
        """Lines of its sshd_config beyond ours, read at its next start."""
        self._process: subprocess.Popen[bytes] | None = None
        key = _write_key(self.identity)
        key.write_public_key(str(self.authorized_keys))
        self.rekey()
        self.trust()

    @property
    def address(self) -> SshAddress:
        """How to reach it without any configuration of the user's."""
        return SshAddress(
            "127.0.0.1", self.port, self.user, identity=self.identity, known_hosts=self.known_hosts
        )

    @property
    def pid(self) -> int:
        """Of the server that listens."""
        assert self._process
        return self._process.pid

    @property
    def host_key(self) -> asyncssh.SSHKey:
        """The key it shows, its public half."""
        return asyncssh.read_public_key(str(self.folder / "host_key.pub"))

    def rekey(self, algorithm: str = "ssh-ed25519") -> None:
        """Gives it a new host key, shown from its next start on."""
        key = _write_key(self.folder / "host_key", algorithm)
        key.write_public_key(str(self.folder / "host_key.pub"))

    def trust(self, marker: str = "") -> None:
        """Writes its present key into `known_hosts`, which then holds nothing else."""
        entry = f"[127.0.0.1]:{self.port} {self.host_key.export_public_key().decode()}"
        self.known_hosts.write_text(f"{marker} {entry}".lstrip())

    def start(self) -> None:
        """Starts it, and returns when it greets."""
        if os.getuid() == 0:
            PRIVILEGE_SEPARATION.mkdir(mode=0o755, exist_ok=True)
        config = self.folder / "sshd_config"
        config.write_text("".join(f"{name} {value}\n" for name, value in self._settings().items()))
        self._spawn(config)
        self._wait_for_greeting(config)

    def _spawn(self, config: Path) -> None:
        with (self.folder / "sshd.log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._program, "-D", "-e", "-f", str(config)], stdin=subprocess.DEVNULL, stderr=log
            )

    def stop(self) -> None:
        """Kills it and every connection it serves; what its users run is not touched."""
        if self._process is None:
            return
        for pid in (*self.session_pids(), self._process.pid):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._process.wait()
        self._process = None

    def restart(self) -> None:
        """Drops every connection, and serves again on the same port."""
        self.stop()
        self.start()

    def freeze(self) -> None:
        """Stops the processes of its connections in their tracks: they are there and do not answer."""
        for pid in self.session_pids():
            os.kill(pid, signal.SIGSTOP)

    def session_pids(self) -> list[int]:
        """Its own processes, one or two per connection."""
        return [pid for pid in _descendants(self.pid) if _name(pid).startswith("sshd")]

    def _settings(self) -> dict[str, str]:
        return {
            "Port": str(self.port),
            "ListenAddress": "127.0.0.1",
            "HostKey": str(self.folder / "host_key"),
            "PidFile": "none",
            "AuthorizedKeysFile": str(self.authorized_keys),
            "StrictModes": "no",
            "UsePAM": "no",
            "PasswordAuthentication": "no",
            "KbdInteractiveAuthentication": "no",
            "PermitRootLogin": "prohibit-password",
            "PrintMotd": "no",
            **self.options,
        }

    def _wait_for_greeting(self, config: Path) -> None:
        """Until it says who it is.

        An open port alone may be the last one's: a child of a killed sshd holds it for a moment, and the
        new server, which cannot have it yet, gives up and is started again.
        """
        end = time.monotonic() + START_S
        while time.monotonic() < end:
            assert self._process
            if self._process.poll() is not None:
                self._spawn(config)
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1) as probe:
                if probe.recv(4) == b"SSH-":
                    return
            time.sleep(0.02)
        raise TimeoutError(f"sshd does not serve port {self.port}: {(self.folder / 'sshd.log').read_text()}")


@contextmanager
def running(program: str, folder: Path, options: Mapping[str, str] | None = None) -> Iterator[Sshd]:
    """A started server that is gone after the block. `options` are lines of its sshd_config."""
    server = Sshd(program, folder, options)
    try:
        server.start()
        yield server
    finally:
        server.stop()


def _write_key(path: Path, algorithm: str = "ssh-ed25519") -> asyncssh.SSHKey:
    key = asyncssh.generate_private_key(algorithm)
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    key.write_private_key(str(path))
    return key


def _free_port() -> int:
    """Below the range the kernel gives to clients, so that it stays free while the server is down."""
    while True:
        port = random.randrange(*PORTS)
        with suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            return port


def _descendants(pid: int) -> list[int]:
    with suppress(FileNotFoundError, ProcessLookupError):
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return [found for child in map(int, children) for found in (child, *_descendants(child))]
    return []


def _name(pid: int) -> str:
    with suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/comm").read_text().strip()
    return ""
