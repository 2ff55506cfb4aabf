"""The gateway's `/health`: a paid request to every backend. It is here so that polling it shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import httpx

from hydra_tui.sim.litellm_backends import BackendFailed, ask
from hydra_tui.sim.litellm_routes import Deployment

_QUESTION = {"messages": [{"role": "user", "content": "What's 1 + 1?"}], "max_tokens": 16}


async def check(client: httpx.AsyncClient, deployments: Sequence[Deployment]) -> dict[str, Any]:
    """The reply: every deployment was asked, and its model loaded for that."""
    healthy: list[dict[str, Any]] = []
    unhealthy: list[dict[str, Any]] = []
    for deployment in deployments:
        entry = {
            "api_base": deployment.api_base,
            "model": deployment.model,
            "model_id": deployment.id,
        }
        try:
            async for _ in ask(client, deployment, _QUESTION):
                pass
            healthy.append(entry)
        except BackendFailed as failed:
            error = f"{failed}\nstack trace: Traceback (most recent call last):"
            unhealthy.append(entry | {"error": error, "exception_status": failed.status})
    return {
        "healthy_endpoints": healthy,
        "unhealthy_endpoints": unhealthy,
        "healthy_count": len(healthy),
        "unhealthy_count": len(unhealthy),
    }
