"""Replies of real servers, replayed on loopback, become exactly these findings."""

from __future__ import annotations

import asyncio
import math
from datetime import UTC, datetime

import pytest

from hydra_tui.adapters import litellm, ollama, tabbyapi
from hydra_tui.adapters.base.kind import Kind, Site
from hydra_tui.core.errors import NotReady, TargetError, Unauthorised
from hydra_tui.core.models import Model, Residency, Route
from hydra_tui.core.quantity import Amount, Fact, Origin
from hydra_tui.core.readings import Findings
from hydra_tui.core.state import State
from tests.adapters.forbidden import assert_harmless
from tests.adapters.recorded import recorded
from tests.loopback import Answer, Handler, Spy, hanging_at, replaying, serving


async def probed(kind: Kind, situation: str, key: str | None = None) -> Findings:
    """What the kind's adapter finds at a server that is in that situation."""
    spy = Spy()
    try:
        return await at_server(kind, replaying(recorded(kind.name, situation), spy), key)
    finally:
        assert_harmless(kind.name, spy)
        assert spy.keys == ([f"Authorization: Bearer {key}"] * len(spy.requests) if key else [])


async def at_server(kind: Kind, handler: Handler, key: str | None = None) -> Findings:
    async with serving(handler) as port:
        adapter = kind.build(Site("it", f"http://127.0.0.1:{port}", key=key, timeout_s=2.0))
        try:
            return await adapter.probe()
        finally:
            await adapter.close()


def claimed(size: int) -> Amount:
    return Amount(size, Origin.CLAIMED)


# LiteLLM

ROUTES = (
    Route(
        "gpt-4",
        "openai/hydra-code",
        "http://127.0.0.1:22841/v1",
        "def141e2cc54161c7b47a74743897354b0774ee52bdcc780a15bac04f99c897b",
    ),
    Route(
        "gpt-3.5-turbo",
        "openai/hydra-tiny",
        "http://127.0.0.1:22841/v1",
        "4e154c7d65cbdad72bb08714514a19818c6286c3f11f302230cdb10014cf3a30",
    ),
    Route(
        "codestral",
        "openai/hydra-code",
        "http://127.0.0.1:22899/v1",
        "79b95af50847126bf6441ff86552b6f12c222ce8d2e27e52b6539c240d88db5e",
    ),
    Route(
        "unreachable",
        "openai/hydra-tiny",
        "http://127.0.0.1:22899/v1",
        "5d5aa3f26da71be7a3a4b4a371b45304cfa169bcc34392ff89c57527de666e20",
    ),
)
NO_DATABASE = Fact("database", "none configured")
NO_KEY = Fact("login", "no key configured")


async def test_litellm_with_its_master_key_shows_version_routes_and_cache() -> None:
    assert await probed(litellm.KIND, "with the master key", "sk-hydra") == Findings(
        version="1.106.2",
        facts=(Fact("aliases", 4), Fact("deployments", 4), NO_DATABASE, Fact("cache", "redis")),
        routes=ROUTES,
    )


@pytest.mark.parametrize("situation", ["without a key", "without a key, and without the package prisma"])
async def test_litellm_without_a_key_is_up_and_says_what_is_missing(situation: str) -> None:
    assert await probed(litellm.KIND, situation) == Findings(facts=(NO_KEY, NO_DATABASE))


async def test_litellm_without_a_database_calls_a_wrong_key_by_its_name() -> None:
    with pytest.raises(Unauthorised, match="refuses the key"):
        await probed(litellm.KIND, "with a wrong key", "sk-wrong")


async def test_a_litellm_key_that_may_list_names_only_counts_aliases_and_claims_no_routes() -> None:
    found = await probed(litellm.KIND, "with a key that may list names only", "sk-virtual")
    assert found == Findings(facts=(Fact("aliases", 4), NO_DATABASE))


async def test_an_old_litellm_tells_its_version_without_a_key() -> None:
    found = await probed(litellm.KIND, "an old version without a key")
    assert found == Findings(version="1.106.2", facts=(NO_KEY, NO_DATABASE, Fact("cache", "redis")))


@pytest.mark.parametrize("situation", ["its database is down", "its database is down, an old version"])
async def test_litellm_with_a_lost_database_is_degraded(situation: str) -> None:
    assert await probed(litellm.KIND, situation) == Findings(
        facts=(NO_KEY, Fact("database", "disconnected", bad=True)),
        state=State.DEGRADED,
        reason="its database is disconnected",
    )


async def test_litellm_that_drains_is_not_ready() -> None:
    with pytest.raises(NotReady):
        await probed(litellm.KIND, "draining")


# TabbyAPI

TINY = Model("tiny-exl3", Residency.LOADED, format="EXL3", context_tokens=4096)
TINY_FACTS = (
    Fact("model", "tiny-exl3"),
    Fact("max_seq_len_tokens", 4096, "context"),
    Fact("cache_mode", "Q4"),
)


@pytest.mark.parametrize("situation", ["admin key, no model", "before 2025-04-25, no model"])
async def test_tabbyapi_without_a_model_is_up_and_lists_what_it_could_load(situation: str) -> None:
    assert await probed(tabbyapi.KIND, situation, "admin") == Findings(
        facts=(Fact("model", "no model"),),
        models=tuple(Model(name, format="EXL3") for name in ("other-exl3", "tiny-exl3", "oom-exl3")),
    )


async def test_tabbyapi_shows_the_loaded_model_before_the_others() -> None:
    assert await probed(tabbyapi.KIND, "admin key, a model", "admin") == Findings(
        facts=TINY_FACTS,
        models=(TINY, Model("other-exl3", format="EXL3"), Model("oom-exl3", format="EXL3")),
    )


async def test_a_tabbyapi_user_key_shows_the_loaded_model_alone() -> None:
    assert await probed(tabbyapi.KIND, "user key, a model", "user") == Findings(
        facts=TINY_FACTS, models=(TINY,)
    )


async def test_tabbyapi_without_a_key_is_up_and_hides_its_models() -> None:
    assert await probed(tabbyapi.KIND, "no key") == Findings(facts=(NO_KEY,))


async def test_a_wrong_tabbyapi_key_is_unauthorised_in_its_own_words() -> None:
    with pytest.raises(Unauthorised, match="Invalid API key"):
        await probed(tabbyapi.KIND, "wrong key", "bad")


async def test_an_unhealthy_tabbyapi_is_degraded_by_its_newest_issue() -> None:
    issue = "RuntimeError: CUDA error: device-side assert"
    found = await probed(tabbyapi.KIND, "unhealthy", "admin")
    assert (found.state, found.reason) == (State.DEGRADED, f"unhealthy: {issue}")
    assert found.facts == (*TINY_FACTS, Fact("issue", issue, bad=True))


@pytest.mark.parametrize(
    ("folder", "format_", "quantisation"),
    [
        ("Llama-3.3-70B-exl2-4.25bpw", "EXL2", "4.25bpw"),
        ("Qwen2.5-72B-EXL3_3.0BPW", "EXL3", "3.0bpw"),
        ("mistral-7b", None, None),
    ],
)
async def test_a_tabbyapi_folder_is_named_for_its_quantisation(
    folder: str, format_: str | None, quantisation: str | None
) -> None:
    answers = recorded("tabbyapi", "admin key, no model")
    listed = answers["/v1/model/list"].body.replace(b"tiny-exl3", folder.encode())
    answers["/v1/model/list"] = Answer(200, listed)
    found = await at_server(tabbyapi.KIND, replaying(answers, Spy()), "admin")
    assert found.models is not None
    assert Model(folder, format=format_, quantisation=quantisation) in found.models


# Ollama

QWEN = Model(
    "qwen2.5:14b",
    Residency.LOADED,
    format="GGUF",
    quantisation="Q4_K_M",
    parameters="14.8B",
    disk=claimed(8988124069),
    memory=claimed(10861998080),
    vram=claimed(10861998080),
    context_tokens=8192,
    expires_at=datetime(2026, 6, 1, 10, 5, 0, 120000, UTC).timestamp(),
)
COPY = Model(
    "qwen-copy:latest",
    Residency.LOADED,
    format="GGUF",
    quantisation="Q4_K_M",
    parameters="14.8B",
    disk=claimed(8988124069),
    context_tokens=8192,
    expires_at=QWEN.expires_at,
)
NOMIC = Model(
    "nomic-embed-text:latest", format="GGUF", quantisation="F16", parameters="137M", disk=claimed(274302450)
)
CLOUD = Model("gpt-oss:120b-cloud", format="cloud", quantisation="MXFP4", parameters="116.8B")
REMOVED = Model(
    "removed:7b",
    Residency.LOADED,
    format="GGUF",
    quantisation="Q8_0",
    parameters="7.6B",
    memory=claimed(5000000000),
    vram=claimed(0),
    expires_at=math.inf,
)


async def test_ollama_shows_what_is_installed_and_what_is_in_memory() -> None:
    assert await probed(ollama.KIND, "two models loaded") == Findings(
        version="0.33.0",
        facts=(
            Fact("loaded_models", 2, "loaded"),
            Fact("vram_bytes", 10861998080, "VRAM"),
            Fact("models", 4),
        ),
        models=(QWEN, COPY, NOMIC, CLOUD, REMOVED),
    )


async def test_a_fresh_ollama_has_no_models() -> None:
    found = await probed(ollama.KIND, "fresh")
    assert (found.state, found.models) == (State.UP, ())


async def test_ollama_that_cannot_list_its_models_is_degraded_but_not_down() -> None:
    found = await probed(ollama.KIND, "its models fail")
    assert (found.version, found.state, found.models) == ("0.33.0", State.DEGRADED, None)
    assert "permission denied" in found.reason


async def test_ollama_that_refuses_our_host_name_is_not_said_to_refuse_a_key() -> None:
    with pytest.raises(Unauthorised) as caught:
        await probed(ollama.KIND, "a foreign host name")
    assert "host name or origin is not allowed" in str(caught.value)


async def test_ollama_that_loads_a_model_is_soon_said_to_be_busy_and_confirms_no_residency(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ollama, "PS_PATIENCE_S", 0.2)
    async with serving(hanging_at("/api/ps", recorded("ollama", "two models loaded"))) as port:
        adapter = ollama.KIND.build(Site("it", f"http://127.0.0.1:{port}", timeout_s=30.0))
        async with asyncio.timeout(10):
            found = await adapter.probe()
        await adapter.close()
    assert (found.version, found.state, found.reason) == (
        "0.33.0",
        State.BUSY,
        "loading or unloading a model",
    )
    assert found.models is not None
    assert {model.residency for model in found.models} == {Residency.UNKNOWN}


@pytest.mark.parametrize(
    ("stamp", "expected"),
    [
        ("2026-06-01T12:05:00.123456789Z", datetime(2026, 6, 1, 12, 5, 0, 123456, UTC).timestamp()),
        ("2318-09-11T17:48:41.854775807+02:00", math.inf),
        ("0001-01-01T00:00:00Z", None),
        ("tomorrow", None),
        ("", None),
    ],
)
async def test_when_an_idle_model_leaves_is_read_from_gos_dates(stamp: str, expected: float | None) -> None:
    answers = recorded("ollama", "two models loaded")
    answers["/api/ps"] = Answer.of_json({"models": [{"name": "m", "expires_at": stamp}]})
    found = await at_server(ollama.KIND, replaying(answers, Spy()))
    assert found.models is not None
    assert [model.expires_at for model in found.models if model.name == "m"] == [expected]


# Any kind


async def test_a_server_that_ends_between_two_looks_is_reported_and_its_return_is_seen() -> None:
    answers = recorded("ollama", "fresh")
    async with serving(replaying(answers, Spy())) as port:
        adapter = ollama.KIND.build(Site("it", f"http://127.0.0.1:{port}", timeout_s=2.0))
        assert (await adapter.probe()).state is State.UP
    with pytest.raises(TargetError):
        await adapter.probe()
    await adapter.close()


async def test_a_shape_of_another_service_is_called_by_its_name() -> None:
    answers = {"/api/version": Answer.of_json({"versions": ["1"]})}
    with pytest.raises(TargetError, match="answers, but not like Ollama: the reply has no `version`"):
        await at_server(ollama.KIND, replaying(answers, Spy()))
