"""PostgreSQL by asyncpg: one quiet connection, kept between questions and reopened when it is lost."""

from __future__ import annotations

import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import asyncpg

from hydra_tui.core.errors import (
    ConnectionLost,
    MalformedReply,
    NoAnswer,
    NotFound,
    NotReady,
    ServiceFailed,
    TargetError,
    TlsFailed,
    Unauthorised,
)
from hydra_tui.core.text import inert
from hydra_tui.transport.os_errors import from_os
from hydra_tui.transport.place import place_of
from hydra_tui.transport.postgresql_hello import offers_tls
from hydra_tui.transport.time_limit import time_limit

GOODBYE_S = 1.0
"""A polite goodbye may take this long."""

_ANY_FAILURE = (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError)

_BY_CLASS: tuple[tuple[type[Exception], type[TargetError]], ...] = (
    (asyncpg.InvalidAuthorizationSpecificationError, Unauthorised),  # 28000; 28P01 is a wrong password
    (asyncpg.InsufficientPrivilegeError, Unauthorised),  # 42501
    (asyncpg.InvalidCatalogNameError, NotFound),  # 3D000: no such database
    (asyncpg.CannotConnectNowError, NotReady),  # 57P03: starting up or shutting down
    (asyncpg.QueryCanceledError, NoAnswer),  # 57014: our statement_timeout
    (asyncpg.PostgresConnectionError, ConnectionLost),  # 08xxx
    (asyncpg.PostgresError, ServiceFailed),
    (asyncpg.InterfaceError, ServiceFailed),
    (ssl.SSLError, TlsFailed),
)
"""The most specific first; the server's own words follow."""

_ITS_STUMBLES = (
    asyncpg.InternalClientError,
    ValueError,
    BufferError,
    AttributeError,
    LookupError,
    TypeError,
)
"""What asyncpg raises when the messages are in no order that it expects."""


@dataclass(frozen=True, slots=True)
class PostgresqlLogin:
    """Where a server is and how to get in."""

    host: str
    port: int
    user: str
    database: str
    password: str = field(default="", repr=False)
    tls: str = "prefer"
    """`prefer`: where it is offered, unverified; `require`: verified if `verify_tls` says so; `off`."""
    verify_tls: bool = True

    @property
    def place(self) -> str:
        """For messages."""
        return place_of(self.host, self.port)


class PostgresqlSession:
    """Asks one row at a time. Never more than one connection: slots are scarce when it matters."""

    def __init__(self, login: PostgresqlLogin, *, timeout_s: float) -> None:
        self._login = login
        self._timeout_s = timeout_s
        self._kept: asyncpg.Connection | None = None

    async def row(self, sql: str) -> Mapping[str, Any]:
        """The only row of `sql`. Raises `TargetError`."""
        place = self._login.place
        with _translated(place):
            async with time_limit(self._timeout_s, f"{place} gave no answer within {self._timeout_s:g} s"):
                try:
                    return dict(await self._fetched(sql))
                except BaseException:  # whatever ended it, nobody knows what is still under way in there
                    self._drop()
                    raise

    async def close(self) -> None:
        """Says goodbye where somebody still listens."""
        kept, self._kept = self._kept, None
        if kept is not None:
            with suppress(*_ANY_FAILURE):
                await kept.close(timeout=GOODBYE_S)

    async def _fetched(self, sql: str) -> asyncpg.Record:
        if self._kept is not None:
            # The server may have hung up since the last question, which asyncpg tells in many ways:
            # a fresh connection says what is.
            with suppress(*_ANY_FAILURE):
                return await self._kept.fetchrow(sql)
            self._drop()
        self._kept = await self._opened()
        return await self._kept.fetchrow(sql)

    async def _opened(self) -> asyncpg.Connection:
        login = self._login
        # asyncpg would wait for a gigabyte that another kind of server seems to announce.
        await offers_tls(login.host, login.port, timeout_s=self._timeout_s)
        return await asyncpg.connect(
            host=login.host,
            port=login.port,
            user=login.user,
            password=login.password,
            database=login.database,
            ssl=_ssl(login),
            statement_cache_size=0,  # prepared names collide behind PgBouncer
            server_settings={
                "application_name": "hydra-tui",
                "statement_timeout": str(int(self._timeout_s * 1000)),
            },
        )

    def _drop(self) -> None:
        kept, self._kept = self._kept, None
        if kept is not None:
            kept.terminate()


def _ssl(login: PostgresqlLogin) -> str | bool | ssl.SSLContext:
    """asyncpg's `verify-full` would want a root certificate in the home of whoever runs us."""
    if login.tls != "require":
        return "prefer" if login.tls == "prefer" else False
    context = ssl.create_default_context()
    if not login.verify_tls:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


@contextmanager
def _translated(place: str) -> Iterator[None]:
    """asyncpg's errors become ours, and so does what it says to bytes that are not PostgreSQL's."""
    try:
        yield
    except (asyncpg.PostgresError, asyncpg.InterfaceError, ssl.SSLError) as error:
        ours = next(ours for theirs, ours in _BY_CLASS if isinstance(error, theirs))
        raise ours(f"{place}: {inert(str(error))}") from error
    except OSError as error:
        raise _from_os(error, place) from error
    except _ITS_STUMBLES as error:
        raise MalformedReply(f"{place} breaks the PostgreSQL protocol") from error


def _from_os(error: OSError, place: str) -> TargetError:
    """asyncpg tells of a refused TLS upgrade, and of an end in the middle, by a plain `ConnectionError`."""
    if error.errno is None and type(error) is ConnectionError:
        words = inert(str(error))
        return (TlsFailed if "SSL" in words else ConnectionLost)(f"{place}: {words}")
    return from_os(error, place)
