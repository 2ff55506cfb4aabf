"""PostgreSQL: one quiet connection for its figures, or a handshake when no login is configured."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from hydra_tui.adapters.base.address import address
from hydra_tui.adapters.base.fields import maybe_whole, shaped_like, text
from hydra_tui.adapters.base.kind import Auth, Kind, Site
from hydra_tui.adapters.base.late import imported
from hydra_tui.adapters.base.options import choice_option, text_option
from hydra_tui.adapters.base.recognition import RECOGNITION_S, harmless
from hydra_tui.core.cluster import Layer
from hydra_tui.core.quantity import Fact
from hydra_tui.core.readings import Findings
from hydra_tui.transport.postgresql_hello import offers_tls

if TYPE_CHECKING:
    from hydra_tui.transport.postgresql import PostgresqlSession

TLS_CHOICES = ("prefer", "require", "off")

FIGURES = """
select current_setting('server_version') as version,
       (select sum(numbackends) from pg_stat_database)::bigint as connections,
       current_setting('max_connections')::bigint as connection_limit,
       (select sum(pg_database_size(oid)) from pg_database
         where datallowconn and has_database_privilege(oid, 'CONNECT'))::bigint as size_bytes,
       extract(epoch from now() - pg_postmaster_start_time())::bigint as uptime_s,
       pg_is_in_recovery() as replica
"""
"""For any role: `pg_stat_activity` would hide other sessions, and one forbidden size would fail all."""


class Postgresql:
    """Signed in when a user or a key is configured; else it is only greeted."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._host, self._port = address(site)
        self._tls = choice_option(site, "tls", TLS_CHOICES)
        in_url = unquote(urlsplit(site.url).path).lstrip("/")
        self._database = text_option(site, "database", in_url or "postgres")
        self._session: PostgresqlSession | None = None

    async def probe(self) -> Findings:
        """Version, connections, size and uptime by one read-only statement."""
        with shaped_like("PostgreSQL"):
            if self._site.user is None and self._site.key is None:
                return await self._greeted()
            session = await self._signed_in()
            return findings(await session.row(FIGURES))

    async def close(self) -> None:
        """Let go of the connection."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def _greeted(self) -> Findings:
        tls = await offers_tls(self._host, self._port, timeout_s=self._site.timeout_s)
        return Findings(facts=(Fact("login", "no login configured"), Fact("tls", tls, "TLS")))

    async def _signed_in(self) -> PostgresqlSession:
        if self._session is None:
            await imported("hydra_tui.transport.postgresql")
            from hydra_tui.transport.postgresql import PostgresqlLogin, PostgresqlSession

            login = PostgresqlLogin(
                self._host,
                self._port,
                user=self._site.user or "postgres",
                password=self._site.key or "",
                database=self._database,
                tls=self._tls,
                verify_tls=self._site.verify_tls,
            )
            self._session = PostgresqlSession(login, timeout_s=self._site.timeout_s)
        return self._session


def findings(row: Mapping[str, Any]) -> Findings:
    """The answer to `FIGURES`."""
    replica = (Fact("role", "replica"),) if row.get("replica") is True else ()
    return Findings(
        # Debian appends its package: `15.18 (Debian 15.18-0+deb12u1)`.
        version=text(row, "version").partition(" ")[0],
        facts=(
            Fact("connections", maybe_whole(row, "connections")),
            Fact("connection_limit", maybe_whole(row, "connection_limit"), "limit"),
            Fact("size_bytes", maybe_whole(row, "size_bytes"), "size"),
            Fact("uptime_s", maybe_whole(row, "uptime_s"), "uptime"),
            *replica,
        ),
    )


@harmless
async def _recognise(host: str, port: int) -> bool:
    await offers_tls(host, port, timeout_s=RECOGNITION_S)
    return True


KIND = Kind(
    name="postgresql",
    title="PostgreSQL",
    layer=Layer.STORAGE,
    build=Postgresql,
    summary="version, connections and their limit, size of all databases, uptime",
    default_port=5432,
    scheme="postgresql",
    auth=Auth.PASSWORD,
    recognise=_recognise,
    options={
        "database": "where to sign in; the path of the URL, else `postgres`, unless given",
        "tls": "prefer (if offered, whoever answers), require (of a server we trust) or off",
    },
)
