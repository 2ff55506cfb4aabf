"""A simulated Ollama."""

from __future__ import annotations

import time

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from hydra_tui.sim import ollama_embed, ollama_pull, ollama_shapes, ollama_talk
from hydra_tui.sim.bodies import BadBody, read_object, text_of
from hydra_tui.sim.ollama_engine import ModelMissing
from hydra_tui.sim.ollama_talk import CHAT, GENERATE, error
from hydra_tui.sim.service_front import Faces
from hydra_tui.sim.world import World

FACES = Faces(
    unauthorised=lambda: Response(status_code=403),
    error=lambda _: error(500, "llama-server process has terminated: exit status 2"),
)
"""It knows no keys: what it refuses is a host name or an origin, with an empty 403."""

_HTTP_ERRORS = {404: "404 page not found", 405: "405 method not allowed"}


async def _http_error(_: Request, raised: Exception) -> Response:
    assert isinstance(raised, HTTPException)
    return PlainTextResponse(_HTTP_ERRORS.get(raised.status_code, raised.detail), raised.status_code)


async def _bad_body(_: Request, raised: Exception) -> Response:
    return error(400, str(raised))


class Ollama:
    """The endpoints over `world.ollama`."""

    def __init__(self, world: World) -> None:
        self._world = world

    def app(self) -> Starlette:
        """The application."""
        return Starlette(
            routes=[
                Route("/", self._greet),
                Route("/api/version", self._version),
                Route("/api/tags", self._tags),
                Route("/api/ps", self._ps),
                Route("/api/show", self._show, methods=["POST"]),
                Route("/api/generate", self._generate, methods=["POST"]),
                Route("/api/chat", self._chat, methods=["POST"]),
                Route("/api/embed", self._embed, methods=["POST"]),
                Route("/api/embeddings", self._embeddings, methods=["POST"]),
                Route("/api/pull", self._pull, methods=["POST"]),
                Route("/api/delete", self._delete, methods=["DELETE"]),
                Route("/v1/models", self._models),
            ],
            exception_handlers={BadBody: _bad_body, HTTPException: _http_error},
        )

    async def _greet(self, _: Request) -> Response:
        return PlainTextResponse("Ollama is running")

    async def _version(self, _: Request) -> Response:
        return JSONResponse({"version": ollama_shapes.VERSION})

    async def _tags(self, _: Request) -> Response:
        return JSONResponse({"models": list(map(ollama_shapes.tag, self._world.ollama.on_disk.values()))})

    async def _ps(self, _: Request) -> Response:
        """Waits for a load that is under way, as real ones do since 0.32.4."""
        engine, now = self._world.ollama, self._world.clock.now()
        async with engine.lock:
            running = [ollama_shapes.running(one, one.remaining_s(now)) for one in engine.running()]
        return JSONResponse({"models": running})

    async def _show(self, request: Request) -> Response:
        name = text_of(await read_object(request), "model", "name")
        try:
            return JSONResponse(ollama_shapes.show(self._world.ollama.find(name)))
        except ModelMissing:
            return error(404, f"model '{name}' not found") if name else error(400, "model is required")

    async def _generate(self, request: Request) -> Response:
        return await ollama_talk.answer(self._world, GENERATE, await read_object(request))

    async def _chat(self, request: Request) -> Response:
        return await ollama_talk.answer(self._world, CHAT, await read_object(request))

    async def _embed(self, request: Request) -> Response:
        return await ollama_embed.embed(self._world, await read_object(request))

    async def _embeddings(self, request: Request) -> Response:
        return await ollama_embed.embeddings(self._world, await read_object(request))

    async def _pull(self, request: Request) -> Response:
        return await ollama_pull.answer(self._world, await read_object(request))

    async def _delete(self, request: Request) -> Response:
        """Removes the file; what is loaded stays loaded until its lease ends."""
        name = text_of(await read_object(request), "model", "name")
        try:
            del self._world.ollama.on_disk[self._world.ollama.find(name).name]
        except ModelMissing:
            return error(404, f"model '{name}' not found")
        return Response()

    async def _models(self, _: Request) -> Response:
        """The OpenAI layer's list: `null` without models."""
        models = [
            {"id": name, "object": "model", "created": int(time.time()), "owned_by": "library"}
            for name in self._world.ollama.on_disk
        ]
        return JSONResponse({"object": "list", "data": models or None})
