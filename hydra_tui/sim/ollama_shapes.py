"""What Ollama answers, as values."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hydra_tui.sim.model_files import ModelFile
from hydra_tui.sim.ollama_runner import Runner

VERSION = "0.33.0"

_HEAD_LENGTH = 128
_FOR_EVER = timedelta(days=292 * 365)
"""The longest duration that Go can write: `keep_alive: -1` gives a date of about 2318."""


def stamp(at: datetime) -> str:
    """RFC 3339 with nanoseconds, as Go writes it."""
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond:06d}123Z"


def now_stamp() -> str:
    """This moment."""
    return stamp(datetime.now(UTC))


def modified_at(model: ModelFile) -> str:
    """When the model was pulled: some day of spring, the same in every run."""
    return stamp(datetime(2026, 3, 1, 9, 30, tzinfo=UTC) + timedelta(minutes=int(model.digest[:5], 16) / 12))


def details(model: ModelFile) -> dict[str, Any]:
    """The `details` of lists and of `/api/show`."""
    return {
        "parent_model": "",
        "format": "gguf",
        "family": model.family,
        "families": [model.family],
        "parameter_size": model.parameters,
        "quantization_level": model.quantisation,
    }


def tag(model: ModelFile) -> dict[str, Any]:
    """An entry of `/api/tags`."""
    more = {"context_length": model.context_max, "embedding_length": model.embedding_length}
    return {
        "name": model.name,
        "model": model.name,
        "modified_at": modified_at(model),
        "size": model.disk_bytes,
        "digest": model.digest,
        "details": details(model) | more,
        "capabilities": list(model.capabilities),
    }


def running(runner: Runner, remaining_s: float) -> dict[str, Any]:
    """An entry of `/api/ps`; `inf` seconds are never."""
    model = runner.model
    left = _FOR_EVER if remaining_s == float("inf") else timedelta(seconds=remaining_s)
    return {
        "name": model.name,
        "model": model.name,
        "size": runner.vram_bytes,
        "digest": model.digest,
        "details": details(model),
        "expires_at": stamp(datetime.now(UTC) + left),
        "size_vram": runner.vram_bytes,
        "context_length": runner.context,
    }


def show(model: ModelFile) -> dict[str, Any]:
    """The reply of `/api/show`, with the keys that a cache estimate needs."""
    arch = model.family
    heads_kv = model.kv_bytes_per_token // (model.layers * _HEAD_LENGTH * 2 * 2)
    return {
        "license": "simulated",
        "modelfile": f"FROM {model.name}\n",
        "parameters": "",
        "template": "{{ .Prompt }}",
        "details": details(model),
        "model_info": {
            "general.architecture": arch,
            "general.parameter_count": int(float(model.parameters[:-1]) * _SCALE[model.parameters[-1]]),
            f"{arch}.block_count": model.layers,
            f"{arch}.context_length": model.context_max,
            f"{arch}.embedding_length": model.embedding_length,
            f"{arch}.attention.head_count": model.embedding_length // _HEAD_LENGTH,
            f"{arch}.attention.head_count_kv": heads_kv,
            f"{arch}.attention.key_length": _HEAD_LENGTH,
            f"{arch}.attention.value_length": _HEAD_LENGTH,
        },
        "capabilities": list(model.capabilities),
        "modified_at": modified_at(model),
    }


_SCALE = {"B": 1e9, "M": 1e6}


def timings(total_s: float, load_s: float, prompt_tokens: int, tokens: int) -> dict[str, int]:
    """What closes an answer, in nanoseconds; zeros are left out."""
    prompt_s = 0.0012 * prompt_tokens
    numbers = {
        "total_duration": int((total_s + load_s) * 1e9),
        "load_duration": int(load_s * 1e9) or 21_000_000,
        "prompt_eval_count": prompt_tokens,
        "prompt_eval_duration": int(prompt_s * 1e9),
        "eval_count": tokens,
        "eval_duration": int(max(0.0, total_s - prompt_s) * 1e9),
    }
    return {name: number for name, number in numbers.items() if number}
