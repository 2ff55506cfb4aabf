"""The gateway's chat: an alias becomes a call to a backend, and the backend's faults become LiteLLM's."""

from __future__ import annotations

import time
import uuid
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

import httpx
from starlette.responses import JSONResponse, Response, StreamingResponse

from hydra_tui.sim import litellm_shapes
from hydra_tui.sim.bodies import sse
from hydra_tui.sim.litellm_backends import BackendFailed, Delta, ask
from hydra_tui.sim.litellm_completion import Completion
from hydra_tui.sim.litellm_routes import Deployment

Deltas = AsyncGenerator[Delta, None]


async def answer(client: httpx.AsyncClient, deployment: Deployment, body: dict[str, Any]) -> Response:
    """The reply to a chat request. Headers come with the first token, in streams too."""
    begun = time.monotonic()
    deltas = ask(client, deployment, body)
    try:
        first = await anext(deltas, Delta(finish="stop"))
        if not body.get("stream"):
            text, last = await _collect(first, deltas)
    except BackendFailed as failed:
        told = litellm_shapes.backend_failure(deployment, failed)
        return JSONResponse(told, failed.status, headers=litellm_shapes.error_headers())
    headers = litellm_shapes.answer_headers(deployment, time.monotonic() - begun)
    completion = Completion(f"chatcmpl-{uuid.uuid4()}", int(time.time()), deployment.alias)
    if not body.get("stream"):
        return JSONResponse(completion.whole(text, last), headers=headers)
    events = _events(completion, first, deltas, body)
    return StreamingResponse(events, media_type="text/event-stream", headers=headers)


async def _collect(first: Delta, deltas: Deltas) -> tuple[str, Delta]:
    texts, last = [first.text], first
    async with aclosing(deltas):
        async for last in deltas:
            texts.append(last.text)
    return "".join(texts), last


async def _events(
    completion: Completion, first: Delta, deltas: Deltas, body: dict[str, Any]
) -> AsyncGenerator[str, None]:
    """The stream; an error in the middle is its last event, and no `[DONE]` follows."""
    yield sse(completion.chunk({"role": "assistant"}))
    yield sse(completion.chunk({"content": first.text}, first.finish))
    last = first
    try:
        async with aclosing(deltas):
            async for last in deltas:
                yield sse(completion.chunk({"content": last.text} if last.text else {}, last.finish))
    except BackendFailed as failed:
        yield sse(litellm_shapes.failure(str(failed), failed.kind, failed.status))
        return
    options = body.get("stream_options")
    if isinstance(options, dict) and options.get("include_usage"):
        yield sse(completion.usage(last))
    yield sse("[DONE]")
