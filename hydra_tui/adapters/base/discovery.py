"""Finding services nobody configured: each kind looks at its own well-known port."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hydra_tui.adapters.base import catalogue
from hydra_tui.adapters.base.kind import Kind, Recognise
from hydra_tui.core.errors import ConfigError, TargetError
from hydra_tui.transport import tcp

AT_ONCE = 8
"""So many ports are looked at concurrently."""

CONNECT_S = 0.5
"""A port of this machine that takes longer to open is taken for closed."""


@dataclass(frozen=True, slots=True)
class Found:
    """A service that spoke as the kind of that name."""

    kind: str
    host: str
    port: int


async def discover(
    host: str = "127.0.0.1",
    kinds: Iterable[Kind] | None = None,
    ports: Mapping[str, int] | None = None,
) -> list[Found]:
    """What was recognised at `host`, in the order of the catalogue.

    `kinds` are all of the catalogue unless given; `ports` maps a kind's name to the port that is
    looked at instead of its default one. A closed port costs one refused connection.
    """
    slots = asyncio.Semaphore(AT_ONCE)
    sought = [
        (Found(kind.name, host, port), kind.recognise)
        for kind in (_every_kind() if kinds is None else kinds)
        if (port := (ports or {}).get(kind.name, kind.default_port)) and kind.recognise
    ]
    # A stranger's recogniser may raise whatever it likes: that is no recognition.
    answers = await asyncio.gather(*(_speaks(*one, slots) for one in sought), return_exceptions=True)
    return [found for (found, _), answer in zip(sought, answers, strict=True) if answer is True]


async def _speaks(candidate: Found, recognise: Recognise, slots: asyncio.Semaphore) -> bool:
    async with slots:
        try:
            await tcp.connect(candidate.host, candidate.port, timeout_s=CONNECT_S)
        except TargetError:
            return False
        return await recognise(candidate.host, candidate.port)


def _every_kind() -> Iterable[Kind]:
    """All kinds of the catalogue; a broken package of a stranger is passed over."""
    for name in catalogue.names():
        try:
            yield catalogue.load(name)
        except ConfigError:
            continue
