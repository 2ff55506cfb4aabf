"""TabbyAPI: one ExLlama model at a time, loaded and unloaded by the operator.

No completion is ever asked for: builds before 2026-08 lock up when one arrives without a model.
"""

from __future__ import annotations

import re
from dataclasses import replace

from hydra_tui.adapters.base.fields import (
    Json,
    items,
    mapping,
    maybe_mapping,
    maybe_text,
    maybe_whole,
    shaped_like,
    text,
)
from hydra_tui.adapters.base.kind import Auth, Kind, Site
from hydra_tui.adapters.base.recognition import over_http
from hydra_tui.adapters.base.seldom import Seldom
from hydra_tui.adapters.base.site_client import site_client
from hydra_tui.core.cluster import Layer
from hydra_tui.core.errors import Unauthorised
from hydra_tui.core.models import Model, Residency
from hydra_tui.core.quantity import Fact
from hydra_tui.core.readings import Findings
from hydra_tui.core.state import State
from hydra_tui.transport.http import HttpClient, Reply, check

NO_MODEL = (400, 503)
"""What `/v1/model` answers when nothing is loaded, or not yet: 400 before 2025-04-25."""

_FORMAT = re.compile(r"exl([23])", re.IGNORECASE)
_BITS = re.compile(r"(\d+(?:\.\d+)?)\s?bpw", re.IGNORECASE)


class TabbyApi:
    """Health is public; the current model needs a key, the list of all models the admin key."""

    def __init__(self, site: Site) -> None:
        self._http = site_client(site)
        self._has_key = site.key is not None
        self._folders = Seldom(self._names)

    async def probe(self) -> Findings:
        """Health, current model and the models on disk, as far as the key shows them. Only GETs are sent."""
        with shaped_like("TabbyAPI"):
            health = await self._http.get("/health")
            issue = _issue(health)
            try:
                card, names = await self._current(), await self._folders.answer()
            except Unauthorised:
                if self._has_key:
                    raise
                found = _findings(issue, (Fact("login", "no key configured"),), None)
            else:
                found = _findings(issue, _facts(card), _models(card, names))
        return replace(found, latency_s=health.elapsed_s)

    async def close(self) -> None:
        """Let go of connections."""
        await self._http.close()

    async def _current(self) -> Json | None:
        reply = await self._http.get("/v1/model")
        if reply.status in NO_MODEL:
            return None
        return mapping(check(reply, "/v1/model").json())

    async def _names(self) -> list[str]:
        """Every folder of the model directory with the admin key; with a user key only what is loaded."""
        listed = mapping(await self._http.get_json("/v1/model/list"))
        return [text(card, "id") for card in items(listed, "data")]


def _issue(reply: Reply) -> str | None:
    """The newest of the issues that made it unhealthy (503); `None` when it is healthy."""
    if reply.status != 503 or "json" not in reply.content_type:
        check(reply, "/health")
    health = mapping(reply.json())
    if text(health, "status") == "healthy":
        return None
    newest = max(items(health, "issues"), key=lambda issue: maybe_text(issue, "time") or "", default={})
    return maybe_text(newest, "description") or "unhealthy"


def _findings(issue: str | None, facts: tuple[Fact, ...], models: tuple[Model, ...] | None) -> Findings:
    if issue is None:
        return Findings(facts=facts, models=models)
    # Only a restart clears an issue, even if later requests succeed.
    facts = (*facts, Fact("issue", issue, bad=True))
    return Findings(facts=facts, models=models, state=State.DEGRADED, reason=f"unhealthy: {issue}")


def _facts(card: Json | None) -> tuple[Fact, ...]:
    if card is None:
        return (Fact("model", "no model"),)
    parameters = maybe_mapping(card, "parameters")
    return (
        Fact("model", text(card, "id")),
        Fact("max_seq_len_tokens", maybe_whole(parameters, "max_seq_len"), "context"),
        Fact("cache_mode", maybe_text(parameters, "cache_mode")),
    )


def _models(card: Json | None, names: list[str]) -> tuple[Model, ...]:
    if card is None:
        return tuple(map(_unloaded, names))
    current = text(card, "id")
    context = maybe_whole(maybe_mapping(card, "parameters"), "max_seq_len")
    loaded = replace(_unloaded(current), residency=Residency.LOADED, context_tokens=context)
    return (loaded, *(_unloaded(name) for name in names if name != current))


def _unloaded(name: str) -> Model:
    """Folders are named for their quantisation by custom: the only place where it can be read."""
    bits, generation = _BITS.search(name), _FORMAT.search(name)
    return Model(
        name,
        format=f"EXL{generation[1]}" if generation else None,
        quantisation=f"{bits[1]}bpw" if bits else None,
    )


async def _recognised(http: HttpClient) -> bool:
    """It names itself in `/.well-known/serviceinfo`, without a key."""
    info = mapping(await http.get_json("/.well-known/serviceinfo"))
    return maybe_mapping(info, "software").get("name") == "TabbyAPI"


KIND = Kind(
    name="tabbyapi",
    title="TabbyAPI",
    layer=Layer.INFERENCE,
    build=TabbyApi,
    summary="health with its issues, loaded model with context and cache, models on disk",
    default_port=5000,
    auth=Auth.BEARER,
    recognise=over_http(_recognised),
)
