"""What stands before every simulated service: it counts, takes time, and fails on cue."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from hydra_tui.sim.faults import Fault
from hydra_tui.sim.world import World

SLOW_S = 0.8
"""A request. A probe makes up to four of them, and five seconds are its usual limit."""

_GARBAGE = b'<!doctype html>\n<title>502</title>\n\xff\xfe\x00{"models": [\x1b[2J\x80\x81 oops'


@dataclass(frozen=True, slots=True)
class Faces:
    """How one kind of service says no, in its own shape."""

    unauthorised: Callable[[], Response]
    error: Callable[[str], Response]
    """Given the path."""
    open_paths: frozenset[str] = frozenset()
    """Those that ask for no key."""


class ServiceFront:
    """An ASGI application around a service's own."""

    def __init__(self, app: ASGIApp, world: World, name: str, faces: Faces) -> None:
        self.fault: Fault | None = None
        self._app = app
        self._world = world
        self._name = name
        self._faces = faces
        self._failing: dict[Fault, Callable[[Scope, Receive, Send], Awaitable[None]]] = {
            Fault.SLOW: self._late,
            Fault.HANG: self._never,
            Fault.GARBAGE: self._nonsense,
            Fault.UNAUTHORISED: self._refused,
            Fault.ERROR: self._broken,
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._world.count(self._name, scope["method"], scope["path"])
        answer = self._failing.get(self.fault, self._usual) if self.fault else self._usual
        await answer(scope, receive, send)

    async def _usual(self, scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.sleep(self._world.latency_s(self._name))
        await self._app(scope, receive, send)

    async def _late(self, scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.sleep(SLOW_S)
        await self._app(scope, receive, send)

    async def _never(self, scope: Scope, receive: Receive, send: Send) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass

    async def _nonsense(self, scope: Scope, receive: Receive, send: Send) -> None:
        await Response(_GARBAGE, media_type="text/html")(scope, receive, send)

    async def _refused(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] in self._faces.open_paths:
            await self._app(scope, receive, send)
        else:
            await self._faces.unauthorised()(scope, receive, send)

    async def _broken(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._faces.error(scope["path"])(scope, receive, send)
