"""What a simulated host does when it is told a command."""

from __future__ import annotations

import asyncio
import re
import shlex
from collections.abc import AsyncIterator, Callable

from hydra_tui.hosts.capabilities import is_capability_command
from hydra_tui.hosts.script import SLOW_EVERY_S
from hydra_tui.hosts.source import PROCESSES_EVERY_S, SECOND_LOOK_S
from hydra_tui.sim import frame_text
from hydra_tui.sim.capability_text import capability_text
from hydra_tui.sim.host import Host

Answer = tuple[str, str, int]
"""(standard output, standard error, exit status)."""

_TIED = re.compile(r"^sh -c (?P<quoted>.+) 3<&- &$", re.MULTILINE)
"""How `transport.ssh_tie` starts a command whose life it ties to the channel."""


def unwrapped(command: str) -> str:
    """The command itself, without the script that a careful client puts around it."""
    words = _split(command)
    if len(words) == 4 and words[:3] == ["exec", "sh", "-c"]:
        tied = _TIED.search(words[3])
        return " ".join(_split(tied["quoted"])) if tied else words[3]
    return command.strip()


def answer(host: Host, command: str) -> Answer:
    """The outcome of a command that ends by itself."""
    if is_capability_command(command):
        return capability_text(host), "", 0
    words = command.split()
    if words[:1] == ["echo"]:
        return " ".join(_split(command)[1:]) + "\n", "", 0
    known = _known(host).get(" ".join(words))
    if known is not None:
        return known
    return "", f"sh: 1: {words[0] if words else ''}: command not found\n", 127


def _known(host: Host) -> dict[str, Answer]:
    spec = host.spec
    table: dict[str, Answer] = {
        "true": ("", "", 0),
        "false": ("", "", 1),
        "hostname": (f"{spec.name}\n", "", 0),
        "uname -n": (f"{spec.name}\n", "", 0),
        "uname -a": (
            f"Linux {spec.name} {spec.kernel} #1-hydra SMP PREEMPT_DYNAMIC x86_64 GNU/Linux\n",
            "",
            0,
        ),
        "id": ("uid=1000(hydra) gid=1000(hydra) groups=1000(hydra),190(systemd-journal)\n", "", 0),
        "id -un": ("hydra\n", "", 0),
    }
    if spec.gpus:
        names = (gpu.name for gpu in spec.gpus)
        rows = (f"GPU {i}: {name} (UUID: {host.uuids[i]})\n" for i, name in enumerate(names))
        table["nvidia-smi -L"] = ("".join(rows), "", 0)
    return table


def _split(text: str) -> list[str]:
    """Words as a shell sees them; by spaces alone when a quote is left open."""
    try:
        return shlex.split(text)
    except ValueError:
        return text.split()


async def frames(host: Host, interval_s: float, late_s: Callable[[], float]) -> AsyncIterator[str]:
    """The output of the sampling loop, tick by tick; `late_s` delays each of them."""
    slow_every = max(1, round(SLOW_EVERY_S / interval_s))
    often = max(1, round(PROCESSES_EVERY_S / interval_s))
    tick = 0
    while True:
        lines = frame_text.rare_lines(host) if tick % slow_every == 0 else []
        lines += frame_text.seldom_lines(host) if tick % often == 0 else []
        tick += 1
        await asyncio.sleep(late_s())
        yield frame_text.marked(lines + frame_text.frame_lines(host, tick))
        await asyncio.sleep(min(SECOND_LOOK_S, interval_s) if tick == 1 else interval_s)
