"""The simulation's own door: order a fault, heal, look. `remote_control` is the other end."""

from __future__ import annotations

import hmac
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from hydra_tui.sim.bodies import BadBody, read_object, text_of
from hydra_tui.sim.fault_board import FaultBoard, Target
from hydra_tui.sim.faults import FaultRefused
from hydra_tui.sim.world import World


class _NoToken(Exception):
    """Not the token of this run."""


async def _unauthorised(_: Request, __: Exception) -> Response:
    return JSONResponse({"detail": "this is not the token of the running simulation"}, 401)


async def _refused(_: Request, raised: Exception) -> Response:
    """An order that cannot be carried out is an answer, not a failure of the server."""
    return JSONResponse({"refused": str(raised)})


class Control:
    """The endpoints."""

    def __init__(self, world: World, board: FaultBoard, token: str) -> None:
        self._world = world
        self._board = board
        self._token = token

    def app(self) -> Starlette:
        """The application."""
        return Starlette(
            routes=[
                Route("/state", self._state),
                Route("/fault", self._fault, methods=["POST"]),
                Route("/heal", self._heal, methods=["POST"]),
            ],
            exception_handlers={FaultRefused: _refused, BadBody: _refused, _NoToken: _unauthorised},
        )

    async def _state(self, request: Request) -> Response:
        self._admit(request)
        calls: dict[str, dict[str, int]] = {}
        for (service, call), count in self._world.calls.items():
            calls.setdefault(service, {})[call] = count
        targets = [_told(target) for target in self._board.targets]
        now = round(self._world.clock.now(), 3)
        return JSONResponse({"seed": self._world.seed, "time_s": now, "targets": targets, "calls": calls})

    async def _fault(self, request: Request) -> Response:
        self._admit(request)
        order = await read_object(request)
        name, fault = await self._board.fault(text_of(order, "target"), text_of(order, "kind"))
        return JSONResponse({"target": name, "fault": fault})

    async def _heal(self, request: Request) -> Response:
        self._admit(request)
        order = await read_object(request)
        return JSONResponse({"healed": await self._board.heal(text_of(order, "target") or None)})

    def _admit(self, request: Request) -> None:
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        if not hmac.compare_digest(token.encode(), self._token.encode()):
            raise _NoToken


def _told(target: Target) -> dict[str, Any]:
    return {
        "name": target.name,
        "role": target.role,
        "fault": target.fault,
        "faults": [fault.value for fault in target.faults],
    }
