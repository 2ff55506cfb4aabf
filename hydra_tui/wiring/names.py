"""Nodes of a configuration that cannot even be looked up from here."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Sequence

from hydra_tui.config.load import Loaded
from hydra_tui.config.problems import KeyPath, Problem
from hydra_tui.core.errors import TargetError
from hydra_tui.transport.ssh_address import SshAddress

LOOKUP_S = 5.0
FIX = "correct it, or check DNS, /etc/hosts and your VPN"


async def check_names(loaded: Loaded) -> list[Problem]:
    """A problem per node whose SSH settings cannot be read, or whose name leads nowhere from here.

    An alias of `~/.ssh/config` is looked up by the host name it stands for; a node behind another
    host is that one's to resolve. Only `config check` asks: a console must open while a VPN is down.
    """
    looked_up = {
        ("nodes", index, "ssh"): SshAddress(**dict(node.ssh))
        for index, node in enumerate(loaded.config.nodes)
        if node.ssh is not None
    }
    messages = await asyncio.gather(*map(_complaint, looked_up.values()))
    return _problems(loaded, list(looked_up), messages)


def _problems(loaded: Loaded, keys: Sequence[KeyPath], messages: Sequence[str]) -> list[Problem]:
    pairs = zip(keys, messages, strict=True)
    return [loaded.places.problem(key, message) for key, message in pairs if message]


async def _complaint(address: SshAddress) -> str:
    # asyncssh is slow to import; a file that is wrong before this point never waits for it.
    from hydra_tui.transport.ssh_settings import read_settings

    try:
        settings = await read_settings(address)
        if not settings.jumps:
            await asyncio.wait_for(_resolve(settings.host), LOOKUP_S)
    except TargetError as error:
        return str(error)
    except (OSError, UnicodeError, TimeoutError):
        return f"`{settings.host}` does not resolve from this machine; {FIX}"
    return ""


async def _resolve(host: str) -> None:
    await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
