"""A simulated LiteLLM proxy without a database, in front of the simulated backends."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Sequence
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from hydra_tui.sim import litellm_chat, litellm_health, litellm_shapes
from hydra_tui.sim.bodies import BadBody, read_object, text_of
from hydra_tui.sim.litellm_backends import TIMEOUT_S
from hydra_tui.sim.litellm_routes import Deployment
from hydra_tui.sim.service_front import Faces

FACES = Faces(
    unauthorised=lambda: JSONResponse(litellm_shapes.EXPIRED_KEY, 401),
    error=lambda _: JSONResponse(
        litellm_shapes.failure("Internal Server Error", "internal_server_error", 500), 500
    ),
    open_paths=frozenset({"/health/liveliness", "/health/liveness", "/health/readiness"}),
)


class KeyRefused(Exception):
    """No key, or a wrong one."""

    def __init__(self, status: int, reply: dict[str, Any]) -> None:
        super().__init__(status)
        self.status = status
        self.reply = reply


async def _refused(_: Request, raised: Exception) -> Response:
    assert isinstance(raised, KeyRefused)
    return JSONResponse(raised.reply, raised.status)


async def _bad_body(_: Request, raised: Exception) -> Response:
    return JSONResponse(litellm_shapes.failure(str(raised), "None", 400, "None"), 400)


async def _http_error(_: Request, raised: Exception) -> Response:
    assert isinstance(raised, HTTPException)
    return JSONResponse({"detail": raised.detail}, raised.status_code)


class LiteLlm:
    """The endpoints; its client speaks to the backends."""

    def __init__(self, master_key: str, deployments: Sequence[Deployment]) -> None:
        self._master_key = master_key
        self._deployments = tuple(deployments)
        self._client = httpx.AsyncClient(timeout=TIMEOUT_S, trust_env=False)

    async def close(self) -> None:
        """Let go of the backends."""
        await self._client.aclose()

    def app(self) -> Starlette:
        """The application."""
        return Starlette(
            routes=[
                Route("/health", self._health),
                Route("/health/liveliness", self._alive),
                Route("/health/liveness", self._alive),
                Route("/health/readiness", self._ready),
                Route("/health/readiness/details", self._details),
                Route("/v1/models", self._models),
                Route("/models", self._models),
                Route("/model/info", self._model_info),
                Route("/v1/model/info", self._model_info),
                Route("/model_group/info", self._groups),
                Route("/v1/chat/completions", self._chat, methods=["POST"]),
                Route("/chat/completions", self._chat, methods=["POST"]),
            ],
            exception_handlers={KeyRefused: _refused, BadBody: _bad_body, HTTPException: _http_error},
        )

    async def _alive(self, _: Request) -> Response:
        return JSONResponse("I'm alive!")

    async def _ready(self, _: Request) -> Response:
        """Healthy, whatever the backends do."""
        return JSONResponse(litellm_shapes.READINESS)

    async def _details(self, request: Request) -> Response:
        self._admit(request)
        return JSONResponse(litellm_shapes.DETAILS)

    async def _health(self, request: Request) -> Response:
        self._admit(request)
        return JSONResponse(await litellm_health.check(self._client, self._deployments))

    async def _models(self, request: Request) -> Response:
        return self._list(request, litellm_shapes.model, object="list")

    async def _model_info(self, request: Request) -> Response:
        return self._list(request, litellm_shapes.model_info)

    async def _groups(self, request: Request) -> Response:
        return self._list(request, litellm_shapes.group_info)

    async def _chat(self, request: Request) -> Response:
        self._admit(request)
        body = await read_object(request)
        name = text_of(body, "model")
        deployment = next((one for one in self._deployments if one.alias == name), None)
        if deployment is None:
            return JSONResponse(litellm_shapes.unknown_model(name), 400)
        return await litellm_chat.answer(self._client, deployment, body)

    def _list(self, request: Request, shape: Callable[[Deployment], dict[str, Any]], **rest: str) -> Response:
        """One entry a deployment: no alias has two here."""
        self._admit(request)
        return JSONResponse({"data": [shape(deployment) for deployment in self._deployments]} | rest)

    def _admit(self, request: Request) -> None:
        """Raises `KeyRefused` unless the master key came in one of its four headers."""
        headers = request.headers
        bearer = headers.get("authorization") or headers.get("x-litellm-api-key") or ""
        key = bearer.removeprefix("Bearer ") or headers.get("x-api-key") or headers.get("api-key") or ""
        if not key:
            raise KeyRefused(401, litellm_shapes.NO_KEY)
        if not hmac.compare_digest(key.encode(), self._master_key.encode()):
            raise KeyRefused(400, litellm_shapes.WRONG_KEY)
