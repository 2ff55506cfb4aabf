"""TabbyAPI's chat: whatever model is named, the loaded one answers."""

from __future__ import annotations

import time
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse

from hydra_tui.sim import replies, tabby_shapes
from hydra_tui.sim.bodies import sse, whole_of
from hydra_tui.sim.model_files import ModelFile
from hydra_tui.sim.world import World

SERVICE = "tabbyapi"


@dataclass(frozen=True, slots=True)
class Call:
    """One chat request, and the answer that it will get."""

    id: str
    model: ModelFile
    prompt: str
    pieces: list[str]
    finish: str
    with_usage: bool

    def usage(self, seconds: float) -> dict[str, Any]:
        """The counts, if they were asked for."""
        counts = tabby_shapes.usage(replies.count_tokens(self.prompt), len(self.pieces), seconds)
        return {"usage": counts} if self.with_usage else {}


def _call(world: World, model: ModelFile, body: dict[str, Any]) -> Call:
    prompt = replies.prompt_of(body.get("messages"))
    limit = whole_of(body, "max_tokens", "max_completion_tokens")
    pieces, finish = replies.answer_to(world.seed, model.name, prompt, limit)
    options = body.get("stream_options")
    return Call(
        id=f"chatcmpl-{uuid.uuid4().hex}",
        model=model,
        prompt=prompt,
        pieces=pieces,
        finish=finish,
        with_usage=isinstance(options, dict) and bool(options.get("include_usage")),
    )


async def answer(world: World, body: dict[str, Any]) -> Response:
    """The reply to a chat request; the real quirk without a model included."""
    loaded = world.tabby.loaded
    if loaded is None:
        if "model" in body:
            return PlainTextResponse("Internal Server Error", 500)
        return JSONResponse({"detail": tabby_shapes.NO_MODEL}, 503)
    call = _call(world, loaded.model, body)
    if body.get("stream"):
        return StreamingResponse(_stream(world, call), media_type="text/event-stream")
    return await _whole(world, call)


async def _whole(world: World, call: Call) -> Response:
    begun = time.monotonic()
    text = "".join([piece async for piece in replies.speak(world, SERVICE, call.model, call.pieces)])
    reply = tabby_shapes.completion(call.id, call.model.name, int(time.time()), text, call.finish)
    return JSONResponse(reply | call.usage(time.monotonic() - begun))


async def _stream(world: World, call: Call) -> AsyncIterator[str]:
    begun, name = time.monotonic(), call.model.name
    async for piece in replies.speak(world, SERVICE, call.model, call.pieces):
        yield sse(tabby_shapes.chunk(call.id, name, {"content": piece}, None), tabby_shapes.NEWLINE)
    last = tabby_shapes.chunk(call.id, name, {}, call.finish)
    yield sse(last | call.usage(time.monotonic() - begun), tabby_shapes.NEWLINE)
    yield sse("[DONE]", tabby_shapes.NEWLINE)
