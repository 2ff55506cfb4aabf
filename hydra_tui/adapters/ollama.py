"""Ollama: local models, loaded when they are asked for and unloaded after a while of idleness."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

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
from hydra_tui.adapters.base.kind import Kind, Site
from hydra_tui.adapters.base.recognition import over_http
from hydra_tui.adapters.base.seldom import Seldom
from hydra_tui.adapters.base.site_client import site_client
from hydra_tui.core.cluster import Layer
from hydra_tui.core.errors import NoAnswer, TargetError, Unauthorised
from hydra_tui.core.models import Model, Residency
from hydra_tui.core.quantity import Amount, Fact, Origin
from hydra_tui.core.readings import Findings
from hydra_tui.core.state import State
from hydra_tui.transport.http import HttpClient, Reply, check

PS_PATIENCE_S = 2.0
"""`/api/ps` waits for a model that is being loaded or unloaded (since 0.32.4); we do not."""

NEVER_YEAR = 2200
"""`keep_alive: -1` is sent as a date some 290 years ahead."""

FORMAT_WORDS: dict[str | None, str] = {"gguf": "GGUF"}

REFUSED_HOST = (
    "403: this host name or origin is not allowed (Ollama has no keys); "
    "set OLLAMA_HOST on its machine, or use an address that it accepts"
)


class Ollama:
    """Up is judged by `/api/version` alone, which touches no model."""

    def __init__(self, site: Site) -> None:
        self._http = site_client(site)
        self._patience_s = min(PS_PATIENCE_S, site.timeout_s / 2)
        self._tags = Seldom(lambda: self._listed("/api/tags"))

    async def probe(self) -> Findings:
        """Version, installed models, and which of them are in memory. Only GETs are sent."""
        reply = await self._http.get("/api/version")
        with shaped_like("Ollama"):
            version = _version(reply)
        return replace(await self._models(version), latency_s=reply.elapsed_s)

    async def _models(self, version: str) -> Findings:
        try:
            with shaped_like("Ollama"):
                installed = await self._tags.answer()
                running = await self._running()
                if _unlisted(running, installed):
                    self._tags.forget()
                    installed = await self._tags.answer()
                return _findings(version, installed, running)
        except TargetError as error:
            return Findings(version, state=State.DEGRADED, reason=f"its models cannot be listed: {error}")

    async def close(self) -> None:
        """Let go of connections."""
        await self._http.close()

    async def _listed(self, path: str) -> list[Json]:
        return items(mapping(await self._http.get_json(path)), "models")

    async def _running(self) -> list[Json] | None:
        """What `/api/ps` lists; `None` when it hangs because a load or unload is under way."""
        try:
            async with asyncio.timeout(self._patience_s):
                return await self._listed("/api/ps")
        except (TimeoutError, NoAnswer):
            return None


def _unlisted(running: Sequence[Json] | None, installed: Sequence[Json]) -> bool:
    """Whether something runs that was not installed when last asked."""
    return not {entry.get("name") for entry in running or ()} <= {entry.get("name") for entry in installed}


def _version(reply: Reply) -> str:
    if reply.status == 403:
        raise Unauthorised(REFUSED_HOST)
    return text(mapping(check(reply, "/api/version").json()), "version")


def _findings(version: str, installed: Sequence[Json], running: Sequence[Json] | None) -> Findings:
    if running is None:
        return Findings(
            version=version,
            facts=(Fact("models", len(installed)),),
            models=tuple(replace(_model(entry), residency=Residency.UNKNOWN) for entry in installed),
            state=State.BUSY,
            reason="loading or unloading a model",
        )
    in_vram = sum(maybe_whole(entry, "size_vram") or 0 for entry in running)
    return Findings(
        version=version,
        facts=(
            Fact("loaded_models", len(running), "loaded"),
            Fact("vram_bytes", in_vram, "VRAM"),
            Fact("models", len(installed)),
        ),
        models=_models(installed, running),
    )


def _models(installed: Sequence[Json], running: Sequence[Json]) -> tuple[Model, ...]:
    by_name = {text(entry, "name"): entry for entry in running}
    by_digest = {digest: entry for entry in running if (digest := maybe_text(entry, "digest"))}
    known = tuple(_placed(entry, by_name, by_digest) for entry in installed)
    # Deleting a model does not unload it: it has no file any more, but still its memory.
    deleted = by_name.keys() - {model.name for model in known}
    return known + tuple(_without_file(by_name[name]) for name in sorted(deleted))


def _placed(entry: Json, by_name: Mapping[str, Json], by_digest: Mapping[str, Json]) -> Model:
    model, digest = _model(entry), maybe_text(entry, "digest")
    if model.name in by_name:
        return _in_memory(model, by_name[model.name])
    if digest is not None and digest in by_digest:
        # A copy shares the runner of the name that loaded it, which already counts the bytes.
        return replace(_in_memory(model, by_digest[digest]), memory=None, vram=None)
    return model


def _model(entry: Json) -> Model:
    details = maybe_mapping(entry, "details")
    cloud = maybe_text(entry, "remote_host") is not None
    stored_as = maybe_text(details, "format")
    return Model(
        name=text(entry, "name"),
        format="cloud" if cloud else FORMAT_WORDS.get(stored_as, stored_as),
        quantisation=maybe_text(details, "quantization_level"),
        parameters=maybe_text(details, "parameter_size"),
        disk=None if cloud else _bytes(entry, "size"),
    )


def _without_file(entry: Json) -> Model:
    return _in_memory(replace(_model(entry), disk=None), entry)


def _in_memory(model: Model, entry: Json) -> Model:
    return replace(
        model,
        residency=Residency.LOADED,
        memory=_bytes(entry, "size"),
        vram=_bytes(entry, "size_vram"),
        context_tokens=maybe_whole(entry, "context_length"),
        expires_at=_expiry(maybe_text(entry, "expires_at")),
    )


def _bytes(entry: Json, key: str) -> Amount | None:
    size = maybe_whole(entry, key)
    return None if size is None else Amount(size, Origin.CLAIMED)


def _expiry(stamp: str | None) -> float | None:
    """Seconds since the epoch; `inf` for never; `None` for Go's zero time and what is no time."""
    try:
        at = datetime.fromisoformat(stamp or "")
    except ValueError:
        return None
    if at.tzinfo is None or at.year < 1971:
        return None
    return math.inf if at.year >= NEVER_YEAR else at.timestamp()


async def _recognised(http: HttpClient) -> bool:
    """Its greeting, and a version behind it: other servers imitate one or the other."""
    greeting = await http.get("/")
    if greeting.status != 200 or greeting.text.strip() != "Ollama is running":
        return False
    return bool(text(mapping(await http.get_json("/api/version")), "version"))


KIND = Kind(
    name="ollama",
    title="Ollama",
    layer=Layer.INFERENCE,
    build=Ollama,
    summary="version, installed models, models in memory with VRAM and time left",
    default_port=11434,
    recognise=over_http(_recognised),
)
