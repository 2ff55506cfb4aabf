"""The simulated Ollama, by the facts of its protocol."""

from __future__ import annotations

import json
import math
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from hydra_tui.sim.simulation import Simulation
from tests.sim.visitors import eventually, ollama

CHAT = {"model": "qwen2.5:7b", "messages": [{"role": "user", "content": "hi"}]}


def lines(reply: httpx.Response) -> list[Any]:
    """The JSON of each line."""
    return [json.loads(line) for line in reply.text.splitlines()]


async def running(client: httpx.AsyncClient) -> dict[str, Any]:
    """`/api/ps` by name."""
    return {entry["name"]: entry for entry in (await client.get("/api/ps")).json()["models"]}


@pytest.mark.parametrize(
    ("method", "path", "status", "text"),
    [
        ("GET", "/", 200, "Ollama is running"),
        ("HEAD", "/", 200, ""),
        ("GET", "/api/version", 200, '{"version":"0.33.0"}'),
        ("GET", "/nope", 404, "404 page not found"),
        ("GET", "/metrics", 404, "404 page not found"),
        ("GET", "/api/show", 405, "405 method not allowed"),
    ],
)
async def test_it_answers_plainly(
    cluster: Simulation, method: str, path: str, status: int, text: str
) -> None:
    async with ollama(cluster) as client:
        reply = await client.request(method, path)
    assert (reply.status_code, reply.text) == (status, text)


async def test_tags_list_what_is_on_the_disk(cluster: Simulation) -> None:
    async with ollama(cluster) as client:
        models = (await client.get("/api/tags")).json()["models"]
        openai = (await client.get("/v1/models")).json()["data"]
    assert [model["name"] for model in models] == [
        "qwen2.5:7b",
        "codestral:22b",
        "nomic-embed-text:latest",
        "mistral:7b",
    ]
    assert [model["id"] for model in openai] == [model["name"] for model in models]
    qwen = models[0]
    assert qwen.keys() >= {"name", "model", "modified_at", "size", "digest", "details", "capabilities"}
    assert len(qwen["digest"]) == 64
    assert (qwen["details"]["format"], qwen["details"]["quantization_level"]) == ("gguf", "Q8_0")
    assert datetime.fromisoformat(qwen["modified_at"]).tzinfo is not None


async def test_ps_lists_what_is_loaded_with_its_lease(cluster: Simulation) -> None:
    async with ollama(cluster) as client:
        models = await running(client)
    qwen, nomic = models["qwen2.5:7b"], models["nomic-embed-text:latest"]
    assert list(models) == ["nomic-embed-text:latest", "qwen2.5:7b"]
    assert qwen["size"] == qwen["size_vram"] > qwen["context_length"] == 32_768
    left = datetime.fromisoformat(qwen["expires_at"]) - datetime.now(UTC)
    assert timedelta() < left <= timedelta(seconds=1800)
    assert datetime.fromisoformat(nomic["expires_at"]).year > 2300


async def test_a_generate_without_a_prompt_loads_and_keep_alive_zero_unloads(cluster: Simulation) -> None:
    async with ollama(cluster) as client:
        loaded = await client.post("/api/generate", json={"model": "mistral:7b", "keep_alive": "30m"})
        assert (loaded.json()["done"], loaded.json()["done_reason"]) == (True, "load")
        assert "mistral:7b" in await running(client)
        gone = await client.post("/api/generate", json={"model": "mistral:7b", "keep_alive": 0})
        assert gone.json()["done_reason"] == "unload"
        assert "mistral:7b" not in await running(client)
        again = await client.post("/api/generate", json={"model": "mistral:7b", "keep_alive": 0})
        assert (again.status_code, again.json()["done_reason"]) == (200, "unload")


async def test_a_lease_ends_by_itself(cluster: Simulation) -> None:
    async with ollama(cluster) as client:
        await client.post("/api/generate", json={"model": "mistral:7b", "keep_alive": "2s"})

        async def has_left() -> bool:
            return "mistral:7b" not in await running(client)

        await eventually(has_left)


async def test_a_large_model_evicts_idle_ones_and_an_impossible_one_fails(cluster: Simulation) -> None:
    async with ollama(cluster) as client:
        assert (await client.post("/api/generate", json={"model": "codestral:22b"})).status_code == 200
        assert "qwen2.5:7b" not in await running(client)
        too_long = {"model": "qwen2.5:14b", "options": {"num_ctx": 32_768}}
        await client.post("/api/pull", json={"model": "qwen2.5:14b", "stream": False})
        cluster.world.ollama.on_disk["qwen2.5:14b"] = _giant(cluster)
        reply = await client.post("/api/generate", json=too_long)
    assert reply.status_code == 500
    assert "out of memory" in reply.json()["error"]


def _giant(cluster: Simulation) -> Any:
    from dataclasses import replace

    return replace(cluster.world.ollama.on_disk["qwen2.5:14b"], disk_bytes=60_000_000_000)


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "error"),
    [
        ("POST", "/api/generate", {"model": "x"}, 404, 'model "x" not found, try pulling it first'),
        ("POST", "/api/chat", {"model": "x"}, 404, 'model "x" not found, try pulling it first'),
        ("POST", "/api/show", {"model": "x"}, 404, "model 'x' not found"),
        ("DELETE", "/api/delete", {"model": "x"}, 404, "model 'x' not found"),
        ("POST", "/api/show", {}, 400, "model is required"),
        (
            "POST",
            "/api/generate",
            {"model": "nomic-embed-text"},
            400,
            '"nomic-embed-text" does not support generate',
        ),
        (
            "POST",
            "/api/generate",
            {"model": "mistral:7b", "keep_alive": "300"},
            400,
            'time: missing unit in duration "300"',
        ),
    ],
)
async def test_refusals_have_a_status_and_a_text(
    cluster: Simulation, method: str, path: str, body: dict[str, Any], status: int, error: str
) -> None:
    async with ollama(cluster) as client:
        reply = await client.request(method, path, json=body)
    assert (reply.status_code, reply.json()) == (status, {"error": error})


async def test_show_has_what_a_cache_estimate_needs(cluster: Simulation) -> None:
    async with ollama(cluster) as client:
        shown = (await client.post("/api/show", json={"model": "qwen2.5:7b"})).json()
    info = shown["model_info"]
    assert info["general.architecture"] == "qwen2"
    per_token = (
        info["qwen2.block_count"]
        * info["qwen2.attention.head_count_kv"]
        * (info["qwen2.attention.key_length"] + info["qwen2.attention.value_length"])
        * 2
    )
    assert per_token == 57_344
    assert shown["capabilities"] == ["completion", "tools"]


@pytest.mark.parametrize(
    ("path", "body", "piece"),
    [
        ("/api/chat", CHAT, lambda line: line["message"]["content"]),
        ("/api/generate", {"model": "qwen2.5:7b", "prompt": "hi"}, lambda line: line["response"]),
    ],
)
async def test_answers_stream_as_lines_and_end_with_timings(
    cluster: Simulation, path: str, body: dict[str, Any], piece: Any
) -> None:
    async with ollama(cluster) as client:
        reply = await client.post(path, json=body)
        whole = await client.post(path, json={**body, "stream": False})
    told = lines(reply)
    assert reply.headers["content-type"] == "application/x-ndjson"
    assert [line["done"] for line in told] == [False] * (len(told) - 1) + [True]
    assert told[-1]["done_reason"] == "stop"
    assert told[-1]["eval_count"] == len(told) - 1
    assert 0 < told[-1]["eval_duration"] <= told[-1]["total_duration"]
    assert "".join(map(piece, told)) == piece(whole.json())


async def test_num_predict_cuts_the_answer(cluster: Simulation) -> None:
    async with ollama(cluster) as client:
        reply = await client.post("/api/chat", json={**CHAT, "options": {"num_predict": 3}})
    assert len(lines(reply)) == 4
    assert lines(reply)[-1]["done_reason"] == "length"


async def test_embeddings_are_vectors_of_unit_length(cluster: Simulation) -> None:
    asked = {"model": "nomic-embed-text", "input": ["red", "green", "red"]}
    async with ollama(cluster) as client:
        red, green, again = (await client.post("/api/embed", json=asked)).json()["embeddings"]
        loads = (await client.post("/api/embed", json={**asked, "input": ""})).json()
        old = (await client.post("/api/embeddings", json={**asked, "prompt": "red"})).json()["embedding"]
    assert red == again != green
    assert len(red) == 768
    assert math.hypot(*red) == pytest.approx(1.0, abs=1e-5)
    assert loads["embeddings"] == []
    assert math.hypot(*old) > 2


async def test_a_pull_tells_its_progress_and_leaves_a_model(cluster: Simulation) -> None:
    async with ollama(cluster) as client:
        told = lines(await client.post("/api/pull", json={"model": "llama3.2:3b"}))
        names = [model["name"] for model in (await client.get("/api/tags")).json()["models"]]
    assert told[0] == {"status": "pulling manifest"}
    assert told[-1] == {"status": "success"}
    weights = [line for line in told if line.get("total") == 2_019_393_189]
    assert "completed" not in weights[0]
    assert weights[-1]["completed"] == weights[-1]["total"]
    assert names[-1] == "llama3.2:3b"


async def test_a_pull_of_the_unknown_fails_inside_the_stream(cluster: Simulation) -> None:
    async with ollama(cluster) as client:
        reply = await client.post("/api/pull", json={"model": "nope"})
    assert reply.status_code == 200
    assert lines(reply)[-1] == {"error": "pull model manifest: file does not exist"}


async def test_a_deleted_model_stays_in_memory(cluster: Simulation) -> None:
    async with ollama(cluster) as client:
        gone = await client.request("DELETE", "/api/delete", json={"model": "qwen2.5:7b"})
        unload = await client.post("/api/generate", json={"model": "qwen2.5:7b", "keep_alive": 0})
        assert (gone.status_code, gone.content) == (200, b"")
        assert unload.status_code == 404
        assert "qwen2.5:7b" in await running(client)
