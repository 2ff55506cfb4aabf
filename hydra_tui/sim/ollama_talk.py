"""Ollama's `/api/generate` and `/api/chat`: load, unload and answer, told apart by what is asked."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

from starlette.responses import JSONResponse, Response, StreamingResponse

from hydra_tui.sim import keep_alive, ollama_shapes, replies
from hydra_tui.sim.bodies import ndjson, text_of, whole_of
from hydra_tui.sim.ollama_engine import DoesNotFit, ModelMissing
from hydra_tui.sim.ollama_runner import Runner
from hydra_tui.sim.world import World

SERVICE = "ollama"


@dataclass(frozen=True, slots=True)
class Form:
    """What differs between the two endpoints."""

    verb: str
    """As in `does not support VERB`."""
    prompt: Callable[[dict[str, Any]], str]
    piece: Callable[[str], dict[str, Any]]
    """The part of a line that carries text."""


GENERATE = Form("generate", lambda body: text_of(body, "prompt"), lambda text: {"response": text})
CHAT = Form(
    "chat",
    lambda body: replies.prompt_of(body.get("messages")),
    lambda text: {"message": {"role": "assistant", "content": text}},
)


@dataclass(frozen=True, slots=True)
class Turn:
    """One answer under way."""

    form: Form
    runner: Runner
    name: str
    """The model as the client spelt it."""
    prompt: str
    pieces: list[str]
    finish: str
    load_s: float

    def line(self, text: str, **rest: Any) -> dict[str, Any]:
        """One line of the stream."""
        head = {"model": self.name, "created_at": ollama_shapes.now_stamp()}
        return head | self.form.piece(text) | {"done": False} | rest

    def last(self, text: str, seconds: float) -> dict[str, Any]:
        """The line that ends the answer, with its timings."""
        counts = ollama_shapes.timings(
            seconds, self.load_s, replies.count_tokens(self.prompt), len(self.pieces)
        )
        return self.line(text, done=True, done_reason=self.finish, **counts)


def error(status: int, text: str) -> Response:
    """A native error."""
    return JSONResponse({"error": text}, status)


async def answer(world: World, form: Form, body: dict[str, Any]) -> Response:
    """The reply to either endpoint."""
    name = text_of(body, "model", "name")
    if not name:
        return error(400, "model is required")
    try:
        return await _known(world, form, name, body)
    except ModelMissing:
        return error(404, f'model "{name}" not found, try pulling it first')
    except ValueError as unclear:
        return error(400, str(unclear))
    except DoesNotFit as full:
        return error(500, str(full))


async def _known(world: World, form: Form, name: str, body: dict[str, Any]) -> Response:
    model, prompt = world.ollama.find(name), form.prompt(body)
    lease = keep_alive.parse(body.get("keep_alive"))
    if lease == 0 and not prompt:
        world.ollama.unload(model.name)
        return _silent(form, name, "unload")
    if model.embeds:
        return error(400, f'"{name}" does not support {form.verb}')
    options = body.get("options")
    context = whole_of(options, "num_ctx") if isinstance(options, dict) else None
    runner, load_s = await world.ollama.load(name, lease, context)
    if not prompt:
        return _silent(form, name, "load")
    limit = whole_of(options, "num_predict") if isinstance(options, dict) else None
    return await _spoken(world, _turn(world, form, runner, name, prompt, limit, load_s), body)


def _silent(form: Form, name: str, reason: str) -> Response:
    """A load or unload without a prompt answers in one piece."""
    head = {"model": name, "created_at": ollama_shapes.now_stamp()}
    return JSONResponse(head | form.piece("") | {"done": True, "done_reason": reason})


def _turn(
    world: World, form: Form, runner: Runner, name: str, prompt: str, limit: int | None, load_s: float
) -> Turn:
    pieces, finish = replies.answer_to(world.seed, runner.model.name, prompt, limit)
    return Turn(form, runner, name, prompt, pieces, finish, load_s)


async def _spoken(world: World, turn: Turn, body: dict[str, Any]) -> Response:
    if body.get("stream", True):
        return StreamingResponse(_lines(world, turn), media_type="application/x-ndjson")
    begun = time.monotonic()
    with world.ollama.working(turn.runner):
        speech = replies.speak(world, SERVICE, turn.runner.model, turn.pieces)
        text = "".join([piece async for piece in speech])
    return JSONResponse(turn.last(text, time.monotonic() - begun))


async def _lines(world: World, turn: Turn) -> AsyncIterator[str]:
    begun = time.monotonic()
    with world.ollama.working(turn.runner):
        async for piece in replies.speak(world, SERVICE, turn.runner.model, turn.pieces):
            yield ndjson(turn.line(piece))
    yield ndjson(turn.last("", time.monotonic() - begun))
