"""How the simulated gateway asks its backends: over real HTTP, always streaming."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from typing import Any

import httpx

from hydra_tui.sim import replies
from hydra_tui.sim.bodies import text_of, whole_of
from hydra_tui.sim.litellm_routes import Deployment

TIMEOUT_S = 30.0


class BackendFailed(Exception):
    """A backend gave an error or nothing; the text is LiteLLM's for it."""

    def __init__(self, text: str, status: int = 500, kind: str | None = "internal_server_error") -> None:
        super().__init__(text)
        self.status = status
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Delta:
    """A piece of an answer; the last one says why it ended, and perhaps the counts."""

    text: str = ""
    finish: str | None = None
    prompt_tokens: int = 0
    completion_tokens: int = 0


@dataclass(frozen=True, slots=True)
class Provider:
    """How one family of backends is spoken to."""

    path: str
    label: str
    body: Callable[[Deployment, dict[str, Any]], dict[str, Any]]
    delta: Callable[[str], Delta | None]
    """Of one line of its stream."""


def _openai_body(deployment: Deployment, asked: dict[str, Any]) -> dict[str, Any]:
    kept = {key: asked[key] for key in ("messages", "max_tokens", "temperature") if key in asked}
    options = {"include_usage": bool(asked.get("stream"))}
    return kept | {"model": deployment.backend_model, "stream": True, "stream_options": options}


def _openai_delta(line: str) -> Delta | None:
    data = line.removeprefix("data: ")
    if not data.startswith("{"):
        return None
    event = json.loads(data)
    if "error" in event:
        raise BackendFailed(f"litellm.APIConnectionError: {event['error'].get('message')}", kind=None)
    choice, usage = event["choices"][0], event.get("usage") or {}
    return Delta(
        choice["delta"].get("content") or "",
        choice.get("finish_reason"),
        usage.get("prompt_tokens", 0),
        usage.get("completion_tokens", 0),
    )


def _ollama_body(deployment: Deployment, asked: dict[str, Any]) -> dict[str, Any]:
    limit = whole_of(asked, "max_tokens")
    return {
        "model": deployment.backend_model,
        "prompt": replies.prompt_of(asked.get("messages")),
        "stream": True,
        "options": {"num_predict": limit} if limit else {},
    }


def _ollama_delta(line: str) -> Delta | None:
    if not line:
        return None
    event = json.loads(line)
    if "error" in event:
        raise BackendFailed(f"litellm.APIConnectionError: OllamaException - {line}", kind=None)
    return Delta(
        text_of(event, "response"),
        event.get("done_reason") if event.get("done") else None,
        event.get("prompt_eval_count", 0),
        event.get("eval_count", 0),
    )


PROVIDERS = {
    "openai": Provider("/chat/completions", "OpenAIException", _openai_body, _openai_delta),
    "ollama": Provider("/api/generate", "OllamaException", _ollama_body, _ollama_delta),
}

_STATUS_ERRORS = {
    401: ("AuthenticationError", 401, "authentication_error"),
    403: ("PermissionDeniedError", 403, "permission_denied_error"),
    404: ("NotFoundError", 404, "not_found_error"),
    429: ("RateLimitError", 429, "throttling_error"),
    503: ("ServiceUnavailableError", 503, "service_unavailable_error"),
}


async def ask(
    client: httpx.AsyncClient, deployment: Deployment, body: dict[str, Any]
) -> AsyncGenerator[Delta, None]:
    """The answer of the deployment, as it comes. Raises `BackendFailed`."""
    provider = PROVIDERS[deployment.provider]
    headers = {"Authorization": f"Bearer {deployment.api_key}"} if deployment.api_key else {}
    url, payload = deployment.api_base + provider.path, provider.body(deployment, body)
    try:
        async with client.stream("POST", url, json=payload, headers=headers) as reply:
            if reply.status_code != 200:
                raise _refusal(provider, reply.status_code, (await reply.aread()).decode(errors="replace"))
            async for line in reply.aiter_lines():
                if delta := provider.delta(line):
                    yield delta
    except httpx.TimeoutException as error:
        raise BackendFailed("litellm.Timeout: APITimeoutError - Request timed out.", 408, None) from error
    except httpx.TransportError as error:
        raise _unreachable(provider) from error
    except (ValueError, LookupError, AttributeError) as error:
        raise BackendFailed(f"litellm.APIConnectionError: {provider.label} - {error}", kind=None) from error


def _refusal(provider: Provider, status: int, text: str) -> BackendFailed:
    name, shown, kind = _STATUS_ERRORS.get(status, ("InternalServerError", 500, "internal_server_error"))
    return BackendFailed(f"litellm.{name}: {name}: {provider.label} - {text[:300]}", shown, kind)


def _unreachable(provider: Provider) -> BackendFailed:
    label = f"InternalServerError: {provider.label}"
    return BackendFailed(f"litellm.InternalServerError: {label} - Connection error.")
