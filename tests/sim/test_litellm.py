"""The simulated LiteLLM against what a real one was recorded to say."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from hydra_tui.sim.simulation import Simulation
from tests.sim.recorded import (
    LITELLM,
    LITELLM_ANSWER_HEADERS,
    LITELLM_CHUNK,
    LITELLM_DEAD_BACKEND,
    LITELLM_DETAILS,
    LITELLM_MODEL,
    LITELLM_UNKNOWN_MODEL,
)
from tests.sim.shapes import shape
from tests.sim.visitors import litellm, ollama, url_of, visit

QUESTION: dict[str, Any] = {"messages": [{"role": "user", "content": "what is up?"}]}
ALIASES = {"gpt-4": "tabbyapi", "gpt-3.5-turbo": "ollama", "codestral": "ollama"}


def events(text: str) -> list[Any]:
    """The JSON of each `data:` event."""
    return [json.loads(line[6:]) for line in text.splitlines() if line.startswith("data: {")]


async def ask(client: httpx.AsyncClient, alias: str, **more: Any) -> httpx.Response:
    """A chat by alias."""
    return await client.post("/v1/chat/completions", json={**QUESTION, "model": alias, **more})


@pytest.mark.parametrize(
    ("path", "key", "recorded"),
    [
        ("/health/liveliness", None, "liveliness"),
        ("/health/liveness", None, "liveliness"),
        ("/health/readiness", None, "readiness"),
        ("/v1/models", None, "models_unauth"),
        ("/v1/models", "sk-wrong", "models_badkey"),
        ("/model/info", "wrong", "models_badkey"),
        ("/health", None, "models_unauth"),
        ("/nope", None, "notfound"),
    ],
)
async def test_it_answers_as_recorded(cluster: Simulation, path: str, key: str | None, recorded: str) -> None:
    async with visit(cluster, "litellm", {"Authorization": f"Bearer {key}"} if key else {}) as client:
        reply = await client.get(path)
    assert (reply.status_code, reply.json()) == LITELLM[recorded]


@pytest.mark.parametrize(
    ("header", "form"),
    [
        ("Authorization", "Bearer {}"),
        ("x-api-key", "{}"),
        ("api-key", "{}"),
        ("x-litellm-api-key", "Bearer {}"),
    ],
)
async def test_the_key_is_taken_in_four_headers(cluster: Simulation, header: str, form: str) -> None:
    sent = {header: form.format(cluster.credentials.litellm_master)}
    async with visit(cluster, "litellm", sent) as client:
        assert (await client.get("/v1/models")).status_code == 200


async def test_details_tell_the_version_behind_the_key(cluster: Simulation) -> None:
    async with litellm(cluster) as client:
        details = (await client.get("/health/readiness/details")).json()
    assert details.keys() >= LITELLM_DETAILS
    assert details["litellm_version"] == "1.106.2"


async def test_models_are_the_names_of_the_configuration(cluster: Simulation) -> None:
    async with litellm(cluster) as client:
        models = (await client.get("/v1/models")).json()
        groups = (await client.get("/model_group/info")).json()["data"]
    assert shape(models) == {"data": [shape(LITELLM_MODEL)], "object": "str"}
    assert [model["id"] for model in models["data"]] == list(ALIASES)
    assert [group["model_group"] for group in groups] == list(ALIASES)


async def test_model_info_leads_to_the_backends_and_hides_their_keys(cluster: Simulation) -> None:
    async with litellm(cluster) as client:
        reply = await client.get("/model/info")
    entries = {entry["model_name"]: entry for entry in reply.json()["data"]}
    assert {name: entry["litellm_params"]["model"] for name, entry in entries.items()} == {
        "gpt-4": "openai/tabby-70b",
        "gpt-3.5-turbo": "ollama/qwen2.5:7b",
        "codestral": "ollama/codestral:22b",
    }
    for alias, service in ALIASES.items():
        assert entries[alias]["litellm_params"]["api_base"].startswith(url_of(cluster, service))
        assert len(entries[alias]["model_info"]["id"]) == 64
    assert cluster.credentials.tabby.api not in reply.text


@pytest.mark.parametrize("alias", ALIASES)
async def test_a_chat_reaches_its_backend_over_http(cluster: Simulation, alias: str) -> None:
    async with litellm(cluster) as client:
        reply = await ask(client, alias)
    answer = reply.json()
    paths = {"tabbyapi": "POST /v1/chat/completions", "ollama": "POST /api/generate"}
    service = ALIASES[alias]
    assert reply.status_code == 200
    assert cluster.world.calls[service, paths[service]] == 1
    assert answer["model"] == alias
    assert answer["choices"][0]["message"]["role"] == "assistant"
    assert "simulated cluster" in answer["choices"][0]["message"]["content"]
    assert reply.headers["x-litellm-model-api-base"].startswith(url_of(cluster, service))


async def test_a_stream_has_the_headers_and_the_shape_of_the_recording(cluster: Simulation) -> None:
    async with litellm(cluster) as client:
        reply = await ask(client, "gpt-4", stream=True, stream_options={"include_usage": True})
    chunks = events(reply.text)
    assert all(name in reply.headers for name in LITELLM_ANSWER_HEADERS)
    assert reply.text.endswith("data: [DONE]\n\n")
    assert shape(chunks[0]) == shape(LITELLM_CHUNK)
    assert chunks[0]["choices"][0]["delta"] == {"role": "assistant"}
    assert "finish_reason" not in chunks[1]["choices"][0]
    assert chunks[-2]["choices"] == [{"index": 0, "delta": {}, "finish_reason": "stop"}]
    assert chunks[-1]["choices"] == [{"index": 0, "delta": {}}]
    assert chunks[-1]["usage"]["completion_tokens"] == len(chunks) - 3


async def test_an_unknown_alias_is_refused(cluster: Simulation) -> None:
    async with litellm(cluster) as client:
        reply = await ask(client, "nope")
    assert reply.status_code == 400
    assert reply.json()["error"]["message"] == LITELLM_UNKNOWN_MODEL
    assert reply.json()["error"]["type"] == "invalid_request_error"


@pytest.mark.parametrize("stream", [False, True])
async def test_a_dead_backend_fails_the_chat_and_not_the_readiness(cluster: Simulation, stream: bool) -> None:
    await cluster.board.fault("tabbyapi", "kill")
    async with litellm(cluster) as client:
        reply = await ask(client, "gpt-4", stream=stream)
        ready = await client.get("/health/readiness")
        other = await ask(client, "gpt-3.5-turbo")
    assert (reply.status_code, reply.json()["error"]) == (500, LITELLM_DEAD_BACKEND)
    assert "x-litellm-call-id" in reply.headers
    assert "x-litellm-model-id" not in reply.headers
    assert (ready.status_code, ready.json()) == LITELLM["readiness"]
    assert other.status_code == 200


async def test_a_backend_without_a_model_shows_through(cluster: Simulation) -> None:
    cluster.world.tabby.unload()
    async with litellm(cluster) as client:
        reply = await ask(client, "gpt-4")
    assert reply.status_code == 500
    assert "InternalServerError: OpenAIException" in reply.json()["error"]["message"]


async def test_a_backend_that_dies_in_the_middle_ends_the_stream_without_done(unhurried: Simulation) -> None:
    text = ""
    async with (
        litellm(unhurried) as client,
        client.stream(
            "POST", "/v1/chat/completions", json={**QUESTION, "model": "gpt-4", "stream": True}
        ) as reply,
    ):
        async for line in reply.aiter_lines():
            text += line + "\n"
            if '"content"' in line and unhurried.services[0].fault is None:
                await unhurried.board.fault("tabbyapi", "kill")
    assert "[DONE]" not in text
    assert events(text)[-1]["error"]["code"] == "500"


async def test_health_asks_every_backend_and_loads_their_models(cluster: Simulation) -> None:
    async with litellm(cluster) as client:
        told = (await client.get("/health")).json()
    async with ollama(cluster) as client:
        loaded = [model["name"] for model in (await client.get("/api/ps")).json()["models"]]
    assert (told["healthy_count"], told["unhealthy_count"]) == (3, 0)
    assert cluster.world.calls["litellm", "GET /health"] == 1
    assert cluster.world.calls["tabbyapi", "POST /v1/chat/completions"] == 1
    assert cluster.world.calls["ollama", "POST /api/generate"] == 2
    assert "codestral:22b" in loaded


async def test_health_tells_of_a_dead_backend(cluster: Simulation) -> None:
    await cluster.board.fault("hydra-compute", "unreachable")
    async with litellm(cluster) as client:
        told = (await client.get("/health")).json()
    assert (told["healthy_count"], told["unhealthy_count"]) == (1, 2)
    assert "Connection error" in told["unhealthy_endpoints"][0]["error"]
