"""A simulated TabbyAPI, as its EXL2 builds behave."""

from __future__ import annotations

import time
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from hydra_tui.sim import tabby_auth, tabby_chat, tabby_load, tabby_shapes
from hydra_tui.sim.bodies import BadBody, read_object
from hydra_tui.sim.service_front import Faces
from hydra_tui.sim.tabby_auth import KeyRefused, Keys, Permission
from hydra_tui.sim.world import World


def _detail(status: int, detail: Any) -> Response:
    return JSONResponse({"detail": detail}, status)


def _broken(path: str) -> Response:
    if path != "/health":
        return PlainTextResponse("Internal Server Error", 500)
    issue = {
        "time": time.strftime("%Y-%m-%dT%H:%M:%S.000000Z", time.gmtime()),
        "description": "RuntimeError: CUDA error: an illegal memory access was encountered",
    }
    return JSONResponse({"status": "unhealthy", "issues": [issue]}, 503)


FACES = Faces(
    unauthorised=lambda: _detail(401, "Invalid API key"),
    error=_broken,
    open_paths=frozenset({"/health", "/.well-known/serviceinfo"}),
)


async def _refused(_: Request, error: Exception) -> Response:
    return _detail(401, str(error))


async def _bad_body(_: Request, error: Exception) -> Response:
    told = {"type": "json_invalid", "loc": ["body", 0], "msg": "JSON decode error", "input": {}}
    return _detail(422, [told | {"ctx": {"error": str(error)}}])


async def _http_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _detail(error.status_code, error.detail)


class TabbyApi:
    """The endpoints over `world.tabby`."""

    def __init__(self, world: World, keys: Keys) -> None:
        self._world = world
        self._keys = keys

    def app(self) -> Starlette:
        """The application."""
        return Starlette(
            routes=[
                Route("/health", self._health),
                Route("/.well-known/serviceinfo", self._service_info),
                Route("/v1/auth/permission", self._permission),
                Route("/v1/models", self._models),
                Route("/v1/model/list", self._models),
                Route("/v1/model", self._model),
                Route("/v1/model/load", self._load, methods=["POST"]),
                Route("/v1/model/unload", self._unload, methods=["POST"]),
                Route("/v1/chat/completions", self._chat, methods=["POST"]),
            ],
            exception_handlers={KeyRefused: _refused, BadBody: _bad_body, HTTPException: _http_error},
        )

    async def _health(self, _: Request) -> Response:
        """Healthy also without a model, while one loads, and after a failed load."""
        return JSONResponse({"status": "healthy", "issues": []})

    async def _service_info(self, _: Request) -> Response:
        return JSONResponse(tabby_shapes.SERVICE_INFO)

    async def _permission(self, request: Request) -> Response:
        return JSONResponse({"permission": tabby_auth.user(request.headers, self._keys)})

    async def _models(self, request: Request) -> Response:
        """The admin key sees the folder, another key only what is loaded."""
        permission = tabby_auth.user(request.headers, self._keys)
        engine = self._world.tabby
        loaded = [engine.loaded.model.name] if engine.loaded else []
        names = list(engine.models) if permission is Permission.ADMIN else loaded
        created = int(time.time())
        return JSONResponse({"object": "list", "data": [tabby_shapes.card(name, created) for name in names]})

    async def _model(self, request: Request) -> Response:
        tabby_auth.user(request.headers, self._keys)
        loaded = self._world.tabby.loaded
        if loaded is None:
            return _detail(503, tabby_shapes.NO_MODEL)
        parameters = tabby_shapes.parameters(loaded)
        return JSONResponse(tabby_shapes.card(loaded.model.name, int(time.time()), parameters))

    async def _load(self, request: Request) -> Response:
        tabby_auth.admin(request.headers, self._keys)
        return tabby_load.answer(self._world.tabby, await read_object(request))

    async def _unload(self, request: Request) -> Response:
        tabby_auth.admin(request.headers, self._keys)
        if self._world.tabby.loaded is None:
            return _detail(503, tabby_shapes.NO_MODEL)
        self._world.tabby.unload()
        return JSONResponse(None)

    async def _chat(self, request: Request) -> Response:
        tabby_auth.user(request.headers, self._keys)
        return await tabby_chat.answer(self._world, await read_object(request))
