"""What a simulated host answers to the capability script; its lines are told in `hosts.capabilities`."""

from __future__ import annotations

import time
from collections.abc import Iterator

from hydra_tui.sim.frame_text import marked, rare_lines
from hydra_tui.sim.hardware import DRIVER
from hydra_tui.sim.host import Host
from hydra_tui.sim.ssh_keys import USER

_WITHOUT_DOCKER_GROUP = "hydra-compute"
"""One thing to mend, so that the demo shows how that looks."""

_DENIED = (
    "permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock: "
    'Get "http://%2Fvar%2Frun%2Fdocker.sock/v1.51/version": dial unix /var/run/docker.sock: connect: '
    "permission denied"
)

_SYSTEMCTL = ", ".join(f"/usr/bin/systemctl {verb} *" for verb in ("start", "stop", "restart"))
_SUDO = (f"User {USER} may run the following commands:", f"    (root) NOPASSWD: {_SYSTEMCTL}")

_TOOLS = ("timeout", "docker", "systemctl", "journalctl", "sudo")


def capability_text(host: Host) -> str:
    """All of its output."""
    return marked(list(_lines(host)))


def _lines(host: Host) -> Iterator[str]:
    now = f"{time.time():.0f}"
    yield from (f"now {now}", "uid 1000", f"user {USER}", f"groups {_groups(host)}", "system Linux")
    yield from ("shell /bin/bash", "sh /usr/bin/dash", "os debian", "init systemd", "booted systemd")
    yield from (f"proc {name}" for name in ("stat", "meminfo", "loadavg", "uptime"))
    yield from (f"tool {name} /usr/bin/{name}" for name in _TOOLS)
    yield from ("journal readable", "sshd file /etc/ssh/sshd_config", f"nvidia-cards {len(host.spec.gpus)}")
    yield from (line for line in rare_lines(host) if line.startswith("df "))
    yield "df-end 0"
    if host.spec.gpus:
        yield "tool nvidia-smi /usr/bin/nvidia-smi"
        yield from (f"nvidia {DRIVER}" for _ in host.spec.gpus)
        yield "nvidia-end 0"
    yield from _docker(host)
    yield from ("systemd systemd 257 (257.8-1~deb13u2)", "systemd-end 0", "running running", "running-end 0")
    yield from (f"sudo {line}" for line in _SUDO)
    yield from ("sudo-end 0", f"done {now}")


def _groups(host: Host) -> str:
    usual = f"{USER} systemd-journal"
    return usual if host.spec.name == _WITHOUT_DOCKER_GROUP else f"{usual} docker"


def _docker(host: Host) -> tuple[str, str]:
    if host.spec.name == _WITHOUT_DOCKER_GROUP:
        return f"docker {_DENIED}", "docker-end 1"
    return "docker 28.5.1", "docker-end 0"
