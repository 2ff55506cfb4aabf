"""What the LiteLLM proxy 1.106 answers, as values."""

from __future__ import annotations

import uuid
from typing import Any

from hydra_tui.sim.litellm_backends import BackendFailed
from hydra_tui.sim.litellm_routes import Deployment

VERSION = "1.106.2"

MODEL_CREATED = 1_677_610_602
"""The `created` of every model: a constant of LiteLLM."""

READINESS = {"status": "healthy", "db": "Not connected"}

DETAILS: dict[str, Any] = READINESS | {
    "cache": None,
    "litellm_version": VERSION,
    "success_callbacks": ["sync_deployment_callback_on_success", "_PROXY_MaxParallelRequestsHandler_v3"],
    "use_aiohttp_transport": True,
    "log_level": "WARNING",
    "is_detailed_debug": False,
}


def failure(message: str, kind: str | None, code: int, param: str | None = None) -> dict[str, Any]:
    """An error; `code` is a text on the wire."""
    return {"error": {"message": message, "type": kind, "param": param, "code": str(code)}}


NO_KEY = failure("Authentication Error, No api key passed in.", "auth_error", 401, "None")
WRONG_KEY = failure("No connected db.", "no_db_connection", 400)
"""Without a database a wrong key cannot be looked up: 400, not 401."""

EXPIRED_KEY = failure(
    "Authentication Error, Invalid proxy server token passed. Unable to find token in cache or "
    "`LiteLLM_VerificationTokenTable`",
    "token_not_found_in_db",
    401,
    "key",
)


def unknown_model(name: str) -> dict[str, Any]:
    """The 400 of an alias that is not in the list."""
    text = (
        f"/chat/completions: Invalid model name passed in model={name}. "
        "Call `/v1/models` to view available models for your key."
    )
    told = failure(text, "invalid_request_error", 400)
    told["error"]["provider_specific_fields"] = {"error": text}
    return told


def backend_failure(deployment: Deployment, failed: BackendFailed) -> dict[str, Any]:
    """The error of a backend, with the hint that LiteLLM adds after an empty line."""
    hint = (
        f"LiteLLM: model group '{deployment.alias}' failed with the error above and no fallback model group "
        "was found for it, so the request was not retried on another model."
    )
    return failure(f"{failed}\n\n{hint}", failed.kind, failed.status)


def model(deployment: Deployment) -> dict[str, Any]:
    """An entry of `/v1/models`."""
    return {"id": deployment.alias, "object": "model", "created": MODEL_CREATED, "owned_by": "openai"}


def model_info(deployment: Deployment) -> dict[str, Any]:
    """An entry of `/model/info`: a deployment, without its key."""
    return {
        "model_name": deployment.alias,
        "litellm_params": {
            "api_base": deployment.api_base,
            "use_in_pass_through": False,
            "use_litellm_proxy": False,
            "merge_reasoning_content_in_choices": False,
            "model": deployment.model,
        },
        "model_info": {
            "id": deployment.id,
            "db_model": False,
            "key": deployment.model,
            "max_tokens": None,
            "max_input_tokens": None,
            "max_output_tokens": None,
            "input_cost_per_token": None,
            "output_cost_per_token": None,
            "litellm_provider": deployment.provider,
            "mode": "chat",
        },
    }


def group_info(deployment: Deployment) -> dict[str, Any]:
    """An entry of `/model_group/info`."""
    return {
        "model_group": deployment.alias,
        "providers": [deployment.provider],
        "max_input_tokens": None,
        "max_output_tokens": None,
        "mode": "chat",
        "tpm": None,
        "rpm": None,
        "supports_vision": False,
        "supports_reasoning": False,
        "supports_function_calling": False,
        "health_status": None,
        "health_response_time": None,
        "health_checked_at": None,
    }


def answer_headers(deployment: Deployment, waited_s: float) -> dict[str, str]:
    """The headers of a good answer."""
    return {
        "x-litellm-call-id": str(uuid.uuid4()),
        "x-litellm-model-id": deployment.id,
        "x-litellm-model-name": deployment.model,
        "x-litellm-model-api-base": deployment.api_base,
        "x-litellm-model-group": deployment.alias,
        "x-litellm-version": VERSION,
        "x-litellm-key-spend": "0.0",
        "x-litellm-response-duration-ms": f"{1000 * waited_s:.4f}",
        "x-litellm-overhead-duration-ms": "11.482",
        "x-litellm-callback-duration-ms": "0.0",
        "x-litellm-attempted-retries": "0",
        "x-litellm-attempted-fallbacks": "0",
    }


def error_headers() -> dict[str, str]:
    """The headers of an error: no model, no base."""
    return {
        "x-litellm-call-id": str(uuid.uuid4()),
        "x-litellm-response-cost": "0",
        "x-litellm-key-spend": "0.0",
        "x-litellm-timeout": "30",
    }
