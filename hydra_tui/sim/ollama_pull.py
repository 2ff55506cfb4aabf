"""Ollama's `/api/pull`: progress by layer, and a model on the disk at the end."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Iterator
from typing import Any

from starlette.responses import JSONResponse, Response, StreamingResponse

from hydra_tui.sim.bodies import ndjson, text_of
from hydra_tui.sim.model_files import PULLABLE, ModelFile
from hydra_tui.sim.world import World

_STEP_S = 0.06
_STEPS = 45
"""The weights come in about three world seconds."""

UNKNOWN = "pull model manifest: file does not exist"


async def answer(world: World, body: dict[str, Any]) -> Response:
    """The reply to a pull; an unknown model is an error inside a stream that began well."""
    name = text_of(body, "model", "name")
    wanted = name if ":" in name else f"{name}:latest"
    model = next((known for known in PULLABLE if known.name == wanted), None)
    if body.get("stream", True):
        return StreamingResponse(_lines(world, model), media_type="application/x-ndjson")
    if model is None:
        return JSONResponse({"error": UNKNOWN}, 500)
    await world.clock.sleep(_STEPS * _STEP_S)
    world.ollama.on_disk[model.name] = model
    return JSONResponse({"status": "success"})


async def _lines(world: World, model: ModelFile | None) -> AsyncIterator[str]:
    yield ndjson({"status": "pulling manifest"})
    if model is None:
        yield ndjson({"error": UNKNOWN})
        return
    for size, digest in _layers(model):
        async for line in _layer(world, size, digest):
            yield line
    world.ollama.on_disk[model.name] = model
    for status in ("verifying sha256 digest", "writing manifest", "success"):
        yield ndjson({"status": status})


def _layers(model: ModelFile) -> Iterator[tuple[int, str]]:
    """The weights, then the small ones: template, licence, parameters."""
    for index, size in enumerate((model.disk_bytes, 1_482, 11_358, 485)):
        yield size, hashlib.sha256(f"{model.name}/{index}".encode()).hexdigest()


async def _layer(world: World, size: int, digest: str) -> AsyncIterator[str]:
    """A line about every 60 ms; `completed` is left out while it is zero."""
    status = {"status": f"pulling {digest[:12]}", "digest": f"sha256:{digest}", "total": size}
    steps = _STEPS if size > 1_000_000 else 1
    yield ndjson(status)
    for step in range(1, steps + 1):
        await world.clock.sleep(_STEP_S)
        yield ndjson(status | {"completed": size * step // steps})
