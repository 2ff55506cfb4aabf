"""What TabbyAPI's EXL2 builds answer, as values."""

from __future__ import annotations

from typing import Any

from hydra_tui.sim.tabby_engine import LoadRequest

NEWLINE = "\r\n"
"""Its event streams end lines with CRLF."""

NO_MODEL = "No models are currently loaded."

SERVICE_INFO: dict[str, Any] = {
    "version": 0.1,
    "software": {
        "name": "TabbyAPI",
        "repository": "https://github.com/theroyallab/tabbyAPI",
        "homepage": "https://github.com/theroyallab/tabbyAPI",
    },
    "api": {
        "openai": {
            "name": "OpenAI API",
            "relative_url": "/v1",
            "documentation": "https://theroyallab.github.io/tabbyAPI",
            "version": 1,
        },
        "koboldai": {
            "name": "KoboldAI API",
            "relative_url": "/api",
            "documentation": "https://theroyallab.github.io/tabbyAPI",
            "version": 1,
        },
    },
}


def card(name: str, created: int, parameters: dict[str, Any] | None = None) -> dict[str, Any]:
    """A model card; `created` is the time of the request."""
    return {
        "id": name,
        "object": "model",
        "created": created,
        "owned_by": "tabbyAPI",
        "logging": None,
        "parameters": parameters,
    }


def parameters(loaded: LoadRequest) -> dict[str, Any]:
    """The `parameters` of the loaded model's card."""
    return {
        "max_seq_len": loaded.context,
        "cache_size": loaded.cache_size,
        "cache_mode": loaded.cache_mode,
        "rope_scale": 1.0,
        "rope_alpha": 1.0,
        "max_batch_size": 1,
        "chunk_size": 2048,
        "prompt_template": "from_tokenizer_config",
        "prompt_template_content": "{{ bos_token }}{% for message in messages %}…{% endfor %}",
        "use_vision": False,
        "draft": None,
    }


def progress(module: int, modules: int, status: str = "processing") -> dict[str, Any]:
    """One event of a load."""
    return {"model_type": "model", "module": module, "modules": modules, "status": status}


def failure(message: str) -> dict[str, Any]:
    """The event that ends a failed load, with status 200 all the same."""
    return {"error": {"message": message, "trace": None}}


def missing_field(name: str) -> dict[str, Any]:
    """The 422 of a body without a required field."""
    return {"detail": [{"type": "missing", "loc": ["body", name], "msg": "Field required", "input": {}}]}


def chunk(call: str, model: str, delta: dict[str, str], finish: str | None) -> dict[str, Any]:
    """A chunk of a chat stream: no `object`, `created`, `model` or role in these builds."""
    choice = {"index": 0, "finish_reason": finish, "delta": delta, "logprobs": None}
    return {"id": call, "choices": [choice], "model_name": model}


def completion(call: str, model: str, created: int, text: str, finish: str) -> dict[str, Any]:
    """A whole answer."""
    message = {"role": "assistant", "content": text}
    return {
        "id": call,
        "choices": [
            {"index": 0, "finish_reason": finish, "stop_str": None, "message": message, "logprobs": None}
        ],
        "created": created,
        "model": model,
        "object": "chat.completion",
        "usage": None,
    }


def usage(prompt_tokens: int, completion_tokens: int, seconds: float) -> dict[str, Any]:
    """Counts and rates; only sent when `stream_options.include_usage` asks for them."""
    prompt_s = round(0.002 * prompt_tokens + 0.01, 2)
    return {
        "prompt_tokens": prompt_tokens,
        "prompt_time": prompt_s,
        "prompt_tokens_per_sec": round(prompt_tokens / prompt_s, 2) if prompt_s else "Indeterminate",
        "completion_tokens": completion_tokens,
        "completion_time": round(seconds, 2),
        "completion_tokens_per_sec": round(completion_tokens / seconds, 2) if seconds else "Indeterminate",
        "total_tokens": prompt_tokens + completion_tokens,
        "total_time": round(prompt_s + seconds, 2),
    }
