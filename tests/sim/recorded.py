"""Replies of real servers, trimmed: LiteLLM 1.106.2 and TabbyAPI, recorded on loopback."""

from __future__ import annotations

from typing import Any

TABBY: dict[str, tuple[int, Any]] = {
    "health": (200, {"status": "healthy", "issues": []}),
    "model_none": (503, {"detail": "No models are currently loaded."}),
    "unload_none": (503, {"detail": "No models are currently loaded."}),
    "chat_no_model": (503, {"detail": "No models are currently loaded."}),
    "models_unauth": (401, {"detail": "Please provide an API key"}),
    "models_badkey": (401, {"detail": "Invalid API key"}),
    "load_unauth": (401, {"detail": "Please provide an admin key"}),
    "load_missing_model": (
        400,
        {"detail": "Could not find the model path for load. Check model name or config.yml?"},
    ),
    "load_no_name": (
        422,
        {
            "detail": [
                {"type": "missing", "loc": ["body", "model_name"], "msg": "Field required", "input": {}}
            ]
        },
    ),
    "notfound": (404, {"detail": "Not Found"}),
    "permission_admin": (200, {"permission": "admin"}),
    "permission_user": (200, {"permission": "api"}),
}

TABBY_CARD = {
    "id": "other-exl3",
    "object": "model",
    "created": 1795331094,
    "owned_by": "tabbyAPI",
    "logging": None,
    "parameters": None,
}

TABBY_PARAMETERS = {
    "max_seq_len": 4096,
    "cache_size": 4096,
    "cache_mode": "Q4",
    "rope_scale": 1.0,
    "rope_alpha": 1.0,
    "max_batch_size": 1,
    "chunk_size": 2048,
    "prompt_template": None,
    "prompt_template_content": None,
    "use_vision": False,
    "draft": None,
}

TABBY_LOAD_LINE = 'data: {"model_type":"model","module":1,"modules":12,"status":"processing"}\r\n\r\n'
TABBY_LOAD_END = 'data: {"model_type":"model","module":12,"modules":12,"status":"finished"}\r\n\r\n'
TABBY_OOM = (
    'data: {"error":{"message":"CUDA out of memory. Tried to allocate 2.00 GiB","trace":null}}\r\n\r\n'
)

LITELLM: dict[str, tuple[int, Any]] = {
    "liveliness": (200, "I'm alive!"),
    "readiness": (200, {"status": "healthy", "db": "Not connected"}),
    "models_unauth": (
        401,
        {
            "error": {
                "message": "Authentication Error, No api key passed in.",
                "type": "auth_error",
                "param": "None",
                "code": "401",
            }
        },
    ),
    "models_badkey": (
        400,
        {
            "error": {
                "message": "No connected db.",
                "type": "no_db_connection",
                "param": None,
                "code": "400",
            }
        },
    ),
    "notfound": (404, {"detail": "Not Found"}),
}

LITELLM_UNKNOWN_MODEL = (
    "/chat/completions: Invalid model name passed in model=nope. "
    "Call `/v1/models` to view available models for your key."
)

LITELLM_DETAILS = {"status", "db", "cache", "litellm_version", "success_callbacks", "log_level"}

LITELLM_MODEL = {"id": "codestral", "object": "model", "created": 1677610602, "owned_by": "openai"}

LITELLM_DEAD_BACKEND = {
    "message": (
        "litellm.InternalServerError: InternalServerError: OpenAIException - Connection error.\n\n"
        "LiteLLM: model group 'gpt-4' failed with the error above and no fallback model group was found "
        "for it, so the request was not retried on another model."
    ),
    "type": "internal_server_error",
    "param": None,
    "code": "500",
}

LITELLM_ANSWER_HEADERS = (
    *("x-litellm-call-id", "x-litellm-model-id", "x-litellm-model-name", "x-litellm-model-api-base"),
    *("x-litellm-version", "x-litellm-key-spend", "x-litellm-response-duration-ms", "x-litellm-model-group"),
    *("x-litellm-attempted-retries", "x-litellm-attempted-fallbacks"),
)

LITELLM_CHUNK = {
    "id": "chatcmpl-bb079a9a",
    "object": "chat.completion.chunk",
    "created": 1795330125,
    "model": "gpt-4",
    "choices": [{"index": 0, "delta": {"role": "assistant"}}],
}
