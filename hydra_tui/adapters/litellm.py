"""LiteLLM proxy: one OpenAI-style door to many backends.

`/health` is never asked: it sends a paid request to every backend and loads their models.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace

from hydra_tui.adapters.base.fields import (
    Json,
    items,
    mapping,
    maybe_mapping,
    maybe_text,
    shaped_like,
    text,
)
from hydra_tui.adapters.base.kind import Auth, Kind, Site
from hydra_tui.adapters.base.recognition import over_http
from hydra_tui.adapters.base.seldom import Seldom
from hydra_tui.adapters.base.site_client import site_client
from hydra_tui.core.cluster import Layer
from hydra_tui.core.errors import MalformedReply, Unauthorised
from hydra_tui.core.models import Route
from hydra_tui.core.quantity import Fact
from hydra_tui.core.readings import Findings
from hydra_tui.core.state import State
from hydra_tui.transport.http import HttpClient, Reply, check

ALIVE = "I'm alive!"

DATABASE_WORDS = {"Not connected": "none configured"}
"""LiteLLM says that of a gateway that was never given a database."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What the gateway offers to our key."""

    aliases: frozenset[str]
    routes: tuple[Route, ...] | None = None
    """`None` when the key may see the names only."""


class LiteLlm:
    """Its health is public; what is behind it needs a key, unless it runs without a master key."""

    def __init__(self, site: Site) -> None:
        self._http = site_client(site)
        self._has_key = site.key is not None
        self._offered = Seldom(self._offer)
        self._detailed = Seldom(self._details)

    async def probe(self) -> Findings:
        """Liveliness, database, version and routes. No backend is asked anything."""
        with shaped_like("LiteLLM"):
            alive = await self._alive()
            readiness, offer = await asyncio.gather(self._readiness(), self._offered.answer())
            details = await self._detailed.answer() if offer and _is_brief(readiness) else readiness
        version = maybe_text(details, "litellm_version") or maybe_text(alive.headers, "x-litellm-version")
        return replace(_findings(version, readiness, details, offer), latency_s=alive.elapsed_s)

    async def close(self) -> None:
        """Let go of connections."""
        await self._http.close()

    async def _alive(self) -> Reply:
        reply = check(await self._http.get("/health/liveliness"), "/health/liveliness")
        if reply.json() != ALIVE:
            raise MalformedReply(f"/health/liveliness does not say {ALIVE}")
        return reply

    async def _readiness(self) -> Json:
        """`status` and `db`, in older versions the details too; 503 when a configured database is down."""
        reply = await self._http.get("/health/readiness")
        if reply.status == 503:
            return {"db": "disconnected", **_object(reply)}
        return mapping(check(reply, "/health/readiness").json())

    async def _details(self) -> Json:
        """Version and cache, behind the key."""
        reply = await self._http.get("/health/readiness/details")
        return _object(reply) if reply.status in (200, 503) else {}

    async def _offer(self) -> Offer | None:
        """Deployments where the key may see them, else names; `None` where one is wanted and we have none."""
        info = await self._http.get("/model/info")
        if info.status == 200:
            routes = tuple(map(_route, items(mapping(info.json()), "data")))
            return Offer(frozenset(route.alias for route in routes), routes)
        if not self._has_key:
            # 401, or 500 where the package `prisma` is missing: either way there is nothing for us.
            return None
        listed = await self._http.get("/v1/models")
        if _refuses_key(listed):
            raise Unauthorised("LiteLLM refuses the key")
        models = items(mapping(check(listed, "/v1/models").json()), "data")
        return Offer(frozenset(text(model, "id") for model in models))


def _is_brief(readiness: Json) -> bool:
    """Whether version and cache, which older gateways tell everyone, are missing from it."""
    return "litellm_version" not in readiness


def _refuses_key(reply: Reply) -> bool:
    """Without a database it cannot look up a key: 400 `no_db_connection` means a wrong one."""
    if reply.status == 400:
        return maybe_mapping(_object(reply), "error").get("type") == "no_db_connection"
    return reply.status in (401, 403)


def _object(reply: Reply) -> Json:
    """The reply's JSON object; an empty one when it is something else."""
    try:
        return mapping(reply.json())
    except MalformedReply:
        return {}


def _route(entry: Json) -> Route:
    params = maybe_mapping(entry, "litellm_params")
    return Route(
        alias=text(entry, "model_name"),
        model=maybe_text(params, "model") or "",
        api_base=maybe_text(params, "api_base"),
        deployment=maybe_text(maybe_mapping(entry, "model_info"), "id") or "",
    )


def _findings(version: str | None, readiness: Json, details: Json, offer: Offer | None) -> Findings:
    database = maybe_text(readiness, "db") or "unknown"
    lost = database.lower() in ("disconnected", "stalled")
    cache = maybe_text(details, "cache")
    return Findings(
        version=version,
        facts=(
            *_offer_facts(offer),
            Fact("database", DATABASE_WORDS.get(database, database), bad=lost),
            *((Fact("cache", cache),) if cache else ()),
        ),
        routes=offer.routes if offer else None,
        state=State.DEGRADED if lost else State.UP,
        reason=f"its database is {database}" if lost else "",
    )


def _offer_facts(offer: Offer | None) -> tuple[Fact, ...]:
    if offer is None:
        return (Fact("login", "no key configured"),)
    aliases = Fact("aliases", len(offer.aliases))
    return (aliases,) if offer.routes is None else (aliases, Fact("deployments", len(offer.routes)))


async def _recognised(http: HttpClient) -> bool:
    """By its peculiar sign of life and a readiness that names a database, or the lack of one."""
    alive = await http.get("/health/liveliness")
    if alive.status != 200 or alive.json() != ALIVE:
        return False
    return "db" in mapping((await http.get("/health/readiness")).json())


KIND = Kind(
    name="litellm",
    title="LiteLLM",
    layer=Layer.ROUTING,
    build=LiteLlm,
    summary="liveliness, database, version, cache, aliases and the deployments behind them",
    default_port=4000,
    auth=Auth.BEARER,
    recognise=over_http(_recognised),
)
