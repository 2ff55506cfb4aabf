"""The `model_list` of the simulated gateway: which alias leads where."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Deployment:
    """One entry of the list."""

    alias: str
    model: str
    """With its provider: `ollama/qwen2.5:7b`."""
    api_base: str
    api_key: str | None = None

    @property
    def id(self) -> str:
        """`model_info.id`: a SHA-256 of the parameters, when the configuration gives none."""
        return hashlib.sha256(f"{self.alias}/{self.model}".encode()).hexdigest()

    @property
    def provider(self) -> str:
        """`openai`, `ollama`."""
        return self.model.partition("/")[0]

    @property
    def backend_model(self) -> str:
        """The name that the backend is asked for."""
        return self.model.partition("/")[2]


def deployments(tabby_url: str, tabby_key: str, ollama_url: str) -> tuple[Deployment, ...]:
    """The routing rules of the cluster."""
    return (
        Deployment("gpt-4", "openai/tabby-70b", f"{tabby_url}/v1", tabby_key),
        Deployment("gpt-3.5-turbo", "ollama/qwen2.5:7b", ollama_url),
        Deployment("codestral", "ollama/codestral:22b", ollama_url),
    )
