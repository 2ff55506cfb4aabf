"""What holds a process: the paths that runtimes really write, of both versions of control groups."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hydra_tui.core.processes import Keeper
from hydra_tui.core.text import inert
from hydra_tui.hosts.cgroup import keeper

ID = "3f2a9c01b2d4" + "e" * 52
SHORT = "3f2a9c01b2d4"
USER = "/user.slice/user-1000.slice/user@1000.service"
POD = "kubepods-burstable-pod0f7c6f2a_5b1e_4c1e_9a3c_2f5a1b0c9d8e.slice"

CASES: dict[str, tuple[list[str], Keeper | None]] = {
    "v2, a system unit": (["0::/system.slice/ollama.service"], Keeper("ollama.service")),
    "v2, a templated unit": (
        ["0::/system.slice/system-vllm.slice/vllm@0.service"],
        Keeper("vllm@0.service"),
    ),
    "v2, a group below a unit": (["0::/system.slice/ollama.service/runner"], Keeper("ollama.service")),
    "v2, a user's unit": (
        [f"0::{USER}/app.slice/tabbyapi.service"],
        Keeper("tabbyapi.service", of_user=True),
    ),
    "v2, a user's manager": (
        ["0::/user.slice/user-1000.slice/user@1000.service/init.scope"],
        Keeper("user@1000.service"),
    ),
    "v2, a login": (["0::/user.slice/user-1000.slice/session-3.scope"], Keeper("session-3.scope")),
    "v2, a desktop's application": (
        [f"0::{USER}/app.slice/app-gnome-comfyui-4242.scope"],
        Keeper("app-gnome-comfyui-4242.scope", of_user=True),
    ),
    "v2, docker under systemd": (
        [f"0::/system.slice/docker-{ID}.scope"],
        Keeper(container=SHORT, runtime="docker"),
    ),
    "v2, docker under its own groups": (
        [f"0::/docker/{ID}"],
        Keeper(container=SHORT, runtime="docker"),
    ),
    "v1, docker": (
        [f"1:name=systemd:/docker/{ID}", f"8:memory:/docker/{ID}"],
        Keeper(container=SHORT, runtime="docker"),
    ),
    "hybrid, docker": (
        [f"8:memory:/docker/{ID}", f"1:name=systemd:/docker/{ID}", "0::/system.slice/containerd.service"],
        Keeper(container=SHORT, runtime="docker"),
    ),
    "v1, a system unit": (
        ["8:memory:/system.slice/ollama.service", "1:name=systemd:/system.slice/ollama.service"],
        Keeper("ollama.service"),
    ),
    "v1, only systemd's own group is below a unit": (
        ["8:memory:/", "1:name=systemd:/system.slice/ollama.service", "0::/"],
        Keeper("ollama.service"),
    ),
    "v2, podman as root": (
        [f"0::/machine.slice/libpod-{ID}.scope/container"],
        Keeper(container=SHORT, runtime="podman"),
    ),
    "v2, podman as a user": (
        [f"0::{USER}/user.slice/libpod-{ID}.scope/container"],
        Keeper("user@1000.service", SHORT, "podman"),
    ),
    "v2, a quadlet": (
        [f"0::/system.slice/vllm.service/libpod-payload-{ID}"],
        Keeper("vllm.service", SHORT, "podman"),
    ),
    "v2, kubernetes with containerd": (
        [f"0::/kubepods.slice/kubepods-burstable.slice/{POD}/cri-containerd-{ID}.scope"],
        Keeper(container=SHORT, runtime="kubernetes"),
    ),
    "v2, kubernetes with cri-o": (
        [f"0::/kubepods.slice/kubepods-besteffort.slice/{POD}/crio-{ID}.scope"],
        Keeper(container=SHORT, runtime="kubernetes"),
    ),
    "v1, kubernetes under its own groups": (
        [f"8:memory:/kubepods/burstable/pod0f7c6f2a-5b1e/{ID}"],
        Keeper(container=SHORT, runtime="kubernetes"),
    ),
    "v2, nerdctl": (
        [f"0::/system.slice/nerdctl-{ID}.scope"],
        Keeper(container=SHORT, runtime="containerd"),
    ),
    "v2, a unit in a Proxmox container": (
        ["0::/lxc/101/ns/system.slice/ollama.service"],
        Keeper("ollama.service", "101", "lxc"),
    ),
    "v2, a LXC container": (["0::/lxc.payload.gpu-box/init"], Keeper("", "gpu-box", "lxc")),
    "v2, a machine of nspawn": (
        ["0::/machine.slice/systemd-nspawn@debian.service/payload/system.slice/ollama.service"],
        Keeper("ollama.service", "debian", "nspawn"),
    ),
    "the root group": (["0::/"], None),
    "v1, the root groups": (["8:memory:/", "1:name=systemd:/"], None),
    "a group of nobody's": (["0::/mine/own"], None),
    "seen from inside of a container": (["0::/../../x"], None),
    "an id that is none": (["0::/docker/abc"], None),
    "nothing": ([], None),
    "not a group": (["what is this"], None),
}


@pytest.mark.parametrize("case", CASES)
def test_a_group_names_the_unit_and_the_container(case: str) -> None:
    lines, expected = CASES[case]
    assert keeper(lines) == expected


PIECES = st.sampled_from(
    ["0::", "/", ":", "docker-", ID, ".scope", ".service", "lxc/", "\x1b[31m", "kubepods", "@"]
)


@given(st.lists(st.lists(PIECES | st.text(max_size=8), max_size=12).map("".join), max_size=6))
def test_no_group_raises_or_reaches_a_screen_with_controls(lines: list[str]) -> None:
    found = keeper(lines)
    for text in (found.unit, found.container) if found else ():
        assert inert(text) == text
