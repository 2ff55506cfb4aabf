"""Redis, and what speaks like it: Valkey, KeyDB, Dragonfly."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from hydra_tui.adapters.base.address import address
from hydra_tui.adapters.base.fields import shaped_like
from hydra_tui.adapters.base.kind import Auth, Kind, Site
from hydra_tui.adapters.base.late import imported
from hydra_tui.adapters.base.recognition import RECOGNITION_S, harmless
from hydra_tui.core.cluster import Layer
from hydra_tui.core.errors import MalformedReply
from hydra_tui.core.quantity import Fact
from hydra_tui.core.readings import Findings
from hydra_tui.core.state import State
from hydra_tui.core.text import inert
from hydra_tui.transport import tcp

PING = b"*1\r\n$4\r\nPING\r\n"

ITS_WORDS = (b"+PONG\r\n", b"-NOAUTH ", b"-DENIED ", b"-LOADING ", b"-MASTERDOWN ", b"-BUSY ", b"-NOPERM ")
"""What a Redis answers to PING, be it well, locked, loading or busy."""

TROUBLE = {
    ("rdb_last_bgsave_status", "err"): "the last snapshot failed",
    ("aof_last_write_status", "err"): "its log cannot be written",
    ("master_link_status", "down"): "it has lost its master",
}


class Redis:
    """One INFO per look: `+ping +info` is all that its user must be allowed."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._host, self._port = address(site)

    async def probe(self) -> Findings:
        """Version, memory, clients and keys; nothing is written."""
        await imported("hydra_tui.transport.redis")
        from hydra_tui.transport.redis import RedisLogin, info

        login = RedisLogin(
            self._host,
            self._port,
            user=self._site.user,
            password=self._site.key,
            tls=urlsplit(self._site.url).scheme == "rediss",
            verify_tls=self._site.verify_tls,
        )
        with shaped_like("Redis"):
            return findings(parse_info(await info(login, timeout_s=self._site.timeout_s)))

    async def close(self) -> None:
        """Nothing is kept open."""


def parse_info(text: str) -> dict[str, str]:
    """The `key:value` lines of an INFO reply, values inert."""
    pairs = (line.partition(":") for line in text.splitlines() if not line.startswith("#"))
    return {key: inert(value) for key, colon, value in pairs if colon}


def findings(info: Mapping[str, str]) -> Findings:
    """What an INFO reply says. Raises `MalformedReply` when it names no version."""
    version = info.get("valkey_version") or info.get("redis_version")
    if version is None:
        raise MalformedReply("INFO names no version")
    state, reason = _state(info)
    return Findings(version=version, facts=_facts(info), state=state, reason=reason)


def _state(info: Mapping[str, str]) -> tuple[State, str]:
    if info.get("loading") == "1":
        return State.BUSY, "loading its dataset"
    complaints = [words for (key, value), words in TROUBLE.items() if info.get(key) == value]
    return (State.DEGRADED, "; ".join(complaints)) if complaints else (State.UP, "")


def _facts(info: Mapping[str, str]) -> tuple[Fact, ...]:
    limit = _whole(info.get("maxmemory"))
    limits = (Fact("memory_limit_bytes", limit, "memory limit"),) if limit else ()
    return (
        Fact("used_memory_bytes", _whole(info.get("used_memory")), "memory"),
        *limits,
        Fact("clients", _whole(info.get("connected_clients"))),
        Fact("keys", _keys(info)),
    )


def _keys(info: Mapping[str, str]) -> int:
    """The sum over `db0:keys=16,expires=0,avg_ttl=0`, `db1:…`; an empty database has no line."""
    counts = (value.partition(",")[0] for key, value in info.items() if key.startswith("db"))
    return sum(_whole(count.removeprefix("keys=")) or 0 for count in counts)


def _whole(figures: str | None) -> int | None:
    """`None` for what is no count: int() would take spaces, signs and any script's digits."""
    return int(figures) if figures and figures.isascii() and figures.isdigit() and len(figures) < 20 else None


@harmless
async def _recognise(host: str, port: int) -> bool:
    answer = await tcp.exchange(host, port, PING, limit=256, timeout_s=RECOGNITION_S)
    return answer.startswith(ITS_WORDS)


KIND = Kind(
    name="redis",
    title="Redis",
    layer=Layer.STORAGE,
    build=Redis,
    summary="version, memory, clients, keys, persistence and replication trouble",
    default_port=6379,
    scheme="redis",
    auth=Auth.PASSWORD,
    recognise=_recognise,
)
