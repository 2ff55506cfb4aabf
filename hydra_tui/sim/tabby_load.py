"""TabbyAPI's load: refusals have a status; once the stream has begun, a failure is an event."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

from starlette.responses import JSONResponse, Response, StreamingResponse

from hydra_tui.sim import tabby_shapes
from hydra_tui.sim.bodies import sse, text_of, whole_of
from hydra_tui.sim.tabby_engine import CACHE_SHARES, DEFAULT_CONTEXT, LoadRequest, OutOfVram, TabbyEngine

_NO_NAME = "A model name was not provided for load."
_NO_PATH = "Could not find the model path for load. Check model name or config.yml?"


def answer(engine: TabbyEngine, body: dict[str, Any]) -> Response:
    """The reply to `POST /v1/model/load`."""
    if "model_name" not in body:
        return JSONResponse(tabby_shapes.missing_field("model_name"), 422)
    name = text_of(body, "model_name")
    if name not in engine.models:
        return JSONResponse({"detail": _NO_PATH if name else _NO_NAME}, 400)
    request = _request(engine, name, body)
    return StreamingResponse(_events(engine, request), media_type="text/event-stream")


def _request(engine: TabbyEngine, name: str, body: dict[str, Any]) -> LoadRequest:
    """What is not asked for comes from `tabby_config.yml` in the model's folder; -1 is the model's own."""
    model = engine.models[name]
    asked = whole_of(body, "max_seq_len")
    context = model.context_max if asked == -1 else asked or DEFAULT_CONTEXT
    mode = text_of(body, "cache_mode").upper()
    return LoadRequest(
        model=model,
        context=context,
        cache_size=whole_of(body, "cache_size") or context,
        cache_mode=mode if mode in CACHE_SHARES else "Q4",
    )


async def _events(engine: TabbyEngine, request: LoadRequest) -> AsyncGenerator[str, None]:
    """The events of a load: none at all when that model is loaded already."""
    if engine.loaded is not None and engine.loaded.model is request.model:
        return
    modules, newline = request.modules, tabby_shapes.NEWLINE
    try:
        async with aclosing(engine.load(request)) as arriving:
            async for module in arriving:
                yield sse(tabby_shapes.progress(module, modules), newline)
    except OutOfVram as error:
        yield sse(tabby_shapes.failure(str(error)), newline)
        return
    yield sse(tabby_shapes.progress(modules, modules, "finished"), newline)
