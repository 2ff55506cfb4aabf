"""Ollama's embeddings: the current endpoint, and the one that it superseded."""

from __future__ import annotations

import time
from typing import Any

from starlette.responses import JSONResponse, Response

from hydra_tui.sim import keep_alive, replies
from hydra_tui.sim.bodies import text_of
from hydra_tui.sim.ollama_engine import DoesNotFit, ModelMissing
from hydra_tui.sim.ollama_runner import Runner
from hydra_tui.sim.ollama_talk import SERVICE, error
from hydra_tui.sim.world import World

_UNNORMALISED = 17.3
"""The old endpoint's vectors are longer than one."""

_WORK = 0.05


async def embed(world: World, body: dict[str, Any]) -> Response:
    """`POST /api/embed`: one vector a text; an empty text only loads the model."""
    given = body.get("input", "")
    texts = [str(text) for text in (given if isinstance(given, list) else [given]) if text]
    begun = time.monotonic()
    loaded = await _loaded(world, body)
    if isinstance(loaded, Response):
        return loaded
    runner, load_s = loaded
    reply = {
        "model": text_of(body, "model"),
        "embeddings": [replies.vector(text, runner.model.embedding_length) for text in texts],
        "total_duration": int((time.monotonic() - begun) * 1e9),
        "load_duration": int(load_s * 1e9) or 1_100_000,
        "prompt_eval_count": sum(map(replies.count_tokens, texts)),
    }
    return JSONResponse(reply)


async def embeddings(world: World, body: dict[str, Any]) -> Response:
    """`POST /api/embeddings`, the legacy one: a single text, not normalised, no counts."""
    loaded = await _loaded(world, body)
    if isinstance(loaded, Response):
        return loaded
    unit = replies.vector(text_of(body, "prompt"), loaded[0].model.embedding_length)
    return JSONResponse({"embedding": [_UNNORMALISED * x for x in unit]})


async def _loaded(world: World, body: dict[str, Any]) -> tuple[Runner, float] | Response:
    name = text_of(body, "model")
    try:
        lease = keep_alive.parse(body.get("keep_alive"))
        runner, load_s = await world.ollama.load(name, lease)
    except ModelMissing:
        return error(404, f'model "{name}" not found, try pulling it first')
    except (ValueError, DoesNotFit) as refused:
        return error(400 if isinstance(refused, ValueError) else 500, str(refused))
    with world.ollama.working(runner):
        world.work(SERVICE, _WORK)
    return runner, load_s
