"""The simulated TabbyAPI against what a real one was recorded to say."""

from __future__ import annotations

import json
from typing import Any

import pytest

from hydra_tui.sim.model_files import DEEPSEEK_70B, LLAMA_70B
from hydra_tui.sim.simulation import Simulation
from tests.sim.recorded import (
    TABBY,
    TABBY_CARD,
    TABBY_LOAD_END,
    TABBY_LOAD_LINE,
    TABBY_OOM,
    TABBY_PARAMETERS,
)
from tests.sim.shapes import shape
from tests.sim.visitors import eventually, tabby, visit

CHAT = {"messages": [{"role": "user", "content": "hi"}]}
LOAD = {"model_name": DEEPSEEK_70B.name}
OOM = {"model_name": DEEPSEEK_70B.name, "cache_size": 131_072, "cache_mode": "FP16"}


def headers(cluster: Simulation, **sent: str) -> dict[str, str]:
    """Headers in which `API` and `ADMIN` stand for this run's keys."""
    keys = cluster.credentials.tabby
    names = {name: name.replace("_", "-") for name in sent}
    return {
        names[name]: text.replace("ADMIN", keys.admin).replace("API", keys.api) for name, text in sent.items()
    }


def events(text: str) -> list[Any]:
    """The JSON of each `data:` event."""
    return [json.loads(line[6:]) for line in text.split("\r\n\r\n") if line and line != "data: [DONE]"]


@pytest.mark.parametrize(
    ("method", "path", "sent", "recorded"),
    [
        ("GET", "/health", {}, "health"),
        ("GET", "/v1/models", {}, "models_unauth"),
        ("GET", "/v1/models", {"x_api_key": "bad"}, "models_badkey"),
        ("GET", "/v1/models", {"x_admin_key": "ADMIN"}, "models_unauth"),
        ("GET", "/v1/models", {"authorization": "ADMIN"}, "models_badkey"),
        ("GET", "/v1/models", {"x_api_key": "bad", "authorization": "Bearer ADMIN"}, "models_badkey"),
        ("GET", "/v1/auth/permission", {"authorization": "Bearer ADMIN"}, "permission_admin"),
        ("GET", "/v1/auth/permission", {"x_api_key": "ADMIN"}, "permission_admin"),
        ("GET", "/v1/auth/permission", {"x_api_key": "API"}, "permission_user"),
        ("POST", "/v1/model/load", {}, "load_unauth"),
        ("POST", "/v1/model/load", {"x_api_key": "ADMIN"}, "load_unauth"),
        ("POST", "/v1/model/load", {"x_admin_key": "ADMIN"}, "load_no_name"),
        ("GET", "/v1/nope", {"x_api_key": "API"}, "notfound"),
        ("GET", "/metrics", {}, "notfound"),
        ("GET", "/v1/health", {}, "notfound"),
    ],
)
async def test_it_answers_as_recorded(
    cluster: Simulation, method: str, path: str, sent: dict[str, str], recorded: str
) -> None:
    async with visit(cluster, "tabbyapi") as client:
        reply = await client.request(method, path, headers=headers(cluster, **sent), content=b"{}")
    assert (reply.status_code, reply.json()) == TABBY[recorded]


@pytest.mark.parametrize("key", ["Bearer API", "Bearer nonsense"])
async def test_a_bearer_that_is_no_admin_is_an_invalid_admin_key(cluster: Simulation, key: str) -> None:
    async with visit(cluster, "tabbyapi", headers(cluster, authorization=key)) as client:
        reply = await client.post("/v1/model/unload")
    assert (reply.status_code, reply.json()) == (401, {"detail": "Invalid admin key"})


async def test_it_names_itself_without_a_key(cluster: Simulation) -> None:
    async with visit(cluster, "tabbyapi") as client:
        assert (await client.get("/.well-known/serviceinfo")).json()["software"]["name"] == "TabbyAPI"


async def test_the_admin_key_sees_the_folder_and_a_user_key_what_is_loaded(cluster: Simulation) -> None:
    async with tabby(cluster) as admin:
        listed = (await admin.get("/v1/models")).json()
        assert listed == (await admin.get("/v1/model/list")).json()
    async with visit(cluster, "tabbyapi", headers(cluster, x_api_key="API")) as user:
        seen = (await user.get("/v1/models")).json()["data"]
    assert shape(listed) == shape({"object": "list", "data": [TABBY_CARD]})
    assert [card["id"] for card in listed["data"]] == [LLAMA_70B.name, DEEPSEEK_70B.name]
    assert [card["id"] for card in seen] == [LLAMA_70B.name]


async def test_the_current_model_has_its_parameters(cluster: Simulation) -> None:
    async with tabby(cluster) as client:
        card = (await client.get("/v1/model")).json()
    assert card["id"] == LLAMA_70B.name
    assert card["parameters"].keys() == TABBY_PARAMETERS.keys()
    assert card["parameters"]["max_seq_len"] == 32_768


async def test_a_load_streams_its_modules_and_is_then_the_model(cluster: Simulation) -> None:
    async with tabby(cluster) as client:
        reply = await client.post("/v1/model/load", json=LOAD)
        current = (await client.get("/v1/model")).json()["id"]
    assert reply.headers["content-type"] == "text/event-stream; charset=utf-8"
    modules = LLAMA_70B.layers + 3
    assert reply.text.startswith(TABBY_LOAD_LINE.replace("12", str(modules)))
    assert reply.text.endswith(TABBY_LOAD_END.replace("12", str(modules)))
    assert [event["module"] for event in events(reply.text)] == [*range(1, modules + 1), modules]
    assert current == DEEPSEEK_70B.name


async def test_loading_what_is_loaded_gives_an_empty_stream(cluster: Simulation) -> None:
    async with tabby(cluster) as client:
        reply = await client.post("/v1/model/load", json={"model_name": LLAMA_70B.name})
    assert (reply.status_code, reply.text) == (200, "")


async def test_out_of_memory_is_an_event_and_leaves_nothing_loaded(cluster: Simulation) -> None:
    async with tabby(cluster) as client:
        reply = await client.post("/v1/model/load", json=OOM)
        none = await client.get("/v1/model")
        health = await client.get("/health")
    assert reply.status_code == 200
    assert shape(events(reply.text)[-1]) == shape(json.loads(TABBY_OOM[6:]))
    assert events(reply.text)[-1]["error"]["message"].startswith("CUDA out of memory.")
    assert (none.status_code, none.json()) == TABBY["model_none"]
    assert (health.status_code, health.json()) == TABBY["health"]


async def test_while_it_loads_there_is_no_model(unhurried: Simulation) -> None:
    async with tabby(unhurried) as client, client.stream("POST", "/v1/model/load", json=LOAD) as loading:
        await anext(loading.aiter_lines())
        reply = await client.get("/v1/model")
        assert (reply.status_code, reply.json()) == TABBY["model_none"]


async def test_a_client_that_leaves_cancels_its_load(unhurried: Simulation) -> None:
    async with tabby(unhurried) as client:
        async with client.stream("POST", "/v1/model/load", json=LOAD) as loading:
            await anext(loading.aiter_lines())

        async def is_over() -> bool:
            assert (await client.get("/v1/model")).status_code == 503
            return unhurried.world.tabby.loads_under_way == 0

        await eventually(is_over)
        assert (await client.get("/v1/model")).status_code == 503


async def test_unload_answers_null_and_then_there_is_nothing(cluster: Simulation) -> None:
    async with tabby(cluster) as client:
        reply = await client.post("/v1/model/unload")
        again = await client.post("/v1/model/unload")
        chat = await client.post("/v1/chat/completions", json=CHAT)
        named = await client.post("/v1/chat/completions", json={**CHAT, "model": "x"})
    assert (reply.status_code, reply.text) == (200, "null")
    assert (again.status_code, again.json()) == TABBY["unload_none"]
    assert (chat.status_code, chat.json()) == TABBY["chat_no_model"]
    assert (named.status_code, named.text) == (500, "Internal Server Error")


async def test_an_unknown_model_is_refused_before_the_stream(cluster: Simulation) -> None:
    async with tabby(cluster) as client:
        reply = await client.post("/v1/model/load", json={"model_name": "nope"})
    assert (reply.status_code, reply.json()) == TABBY["load_missing_model"]


async def test_a_body_that_is_no_json_is_a_422(cluster: Simulation) -> None:
    async with tabby(cluster) as client:
        reply = await client.post("/v1/model/load", content=b"{nope")
    assert reply.status_code == 422
    assert reply.json()["detail"][0]["type"] == "json_invalid"


async def test_a_chat_is_answered_by_the_loaded_model_whatever_was_named(cluster: Simulation) -> None:
    async with tabby(cluster) as client:
        reply = (await client.post("/v1/chat/completions", json={**CHAT, "model": "other"})).json()
    assert reply["model"] == LLAMA_70B.name
    assert reply["usage"] is None
    assert LLAMA_70B.name in reply["choices"][0]["message"]["content"]


async def test_a_chat_stream_has_no_role_and_ends_with_done(cluster: Simulation) -> None:
    asked = {**CHAT, "stream": True, "max_tokens": 5, "stream_options": {"include_usage": True}}
    async with tabby(cluster) as client:
        text = (await client.post("/v1/chat/completions", json=asked)).text
    chunks = events(text)
    assert text.endswith("data: [DONE]\r\n\r\n")
    assert chunks[0].keys() == {"id", "choices", "model_name"}
    assert [chunk["choices"][0]["delta"].keys() for chunk in chunks] == [{"content"}] * 5 + [set()]
    assert chunks[-1]["choices"][0]["finish_reason"] == "length"
    assert chunks[-1]["usage"]["completion_tokens"] == 5


async def test_others_are_served_while_one_chats(unhurried: Simulation) -> None:
    asked = {**CHAT, "stream": True}
    async with tabby(unhurried) as client, client.stream("POST", "/v1/chat/completions", json=asked) as chat:
        arriving = chat.aiter_lines()
        await anext(arriving)
        assert (await client.get("/health")).status_code == 200
        assert [line async for line in arriving][-2:] == ["data: [DONE]", ""]
