"""What holds a process, out of `/proc/PID/cgroup` (cgroups(7)), version 1 and 2."""

from __future__ import annotations

import re
from collections.abc import Iterable

from hydra_tui.core.processes import Keeper
from hydra_tui.core.text import inert

_ID = r"(?P<id>[0-9a-f]{64})"
_CONTAINERS = tuple(
    (runtime, re.compile(pattern, re.ASCII))
    for runtime, pattern in (
        ("kubernetes", rf"/kubepods.*?/(?:[a-z-]+-)?{_ID}(?:\.scope)?(?:/|$)"),
        ("podman", rf"/libpod-(?:payload-)?{_ID}(?:\.scope)?(?:/|$)"),
        ("docker", rf"/docker[-/]{_ID}(?:\.scope)?(?:/|$)"),
        ("containerd", rf"/(?:nerdctl-|cri-containerd-|containerd-){_ID}(?:\.scope)?(?:/|$)"),
        ("lxc", r"/lxc(?:\.payload\.|/)(?P<id>[\w.-]{1,64})(?:/|$)"),
        ("nspawn", r"/systemd-nspawn@(?P<id>[\w.\\-]{1,64})\.service(?:/|$)"),
    )
)
"""How each runtime names the group of a container, under systemd's driver and under its own."""

_SHOWN_OF_AN_ID = 12
"""What `docker ps` shows of one."""

_MANAGER = re.compile(r"user@\d+\.service", re.ASCII)
_LONGEST_PATH = 1024


def keeper(lines: Iterable[str]) -> Keeper | None:
    """The container and the unit of a process; `None` where it is in neither, or in the root group."""
    paths = [path[:_LONGEST_PATH] for line in lines if (path := line.strip().split(":", 2)[-1]) != "/"]
    runtime, container, rest = next(filter(None, map(_container, paths)), ("", "", ""))
    units = (_unit(path) for path in ([rest] if container else paths))
    unit, of_user = next((found for found in units if found[0]), ("", False))
    return Keeper(unit, container, runtime, of_user) if unit or container else None


def _container(path: str) -> tuple[str, str, str] | None:
    """(runtime, id, what of the path is not the container's own group)."""
    for runtime, pattern in _CONTAINERS:
        if found := pattern.search(path):
            name = found["id"]
            shown = name[:_SHOWN_OF_AN_ID] if len(name) == 64 else inert(name, 64)
            return runtime, shown, path[: found.start()] + "/" + path[found.end() :]
    return None


def _unit(path: str) -> tuple[str, bool]:
    """The innermost unit of a path, and whether a user's own manager holds it."""
    parts = path.split("/")
    managed = any(map(_MANAGER.fullmatch, parts))
    units = [part for part in parts if part.endswith((".service", ".scope")) and part != "init.scope"]
    own = [part for part in units if not _MANAGER.fullmatch(part)]
    chosen = own or units
    return (inert(chosen[-1], 120), managed and bool(own)) if chosen else ("", False)
