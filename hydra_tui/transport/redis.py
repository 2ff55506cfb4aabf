"""Redis by redis-py: one short session per question, every reply bounded."""

from __future__ import annotations

import ssl
from dataclasses import dataclass, field
from typing import Any

from redis import exceptions
from redis._parsers import _AsyncRESP2Parser
from redis.asyncio import Connection, SSLConnection

from hydra_tui.core.errors import (
    ConnectionLost,
    MalformedReply,
    NotReady,
    ReplyTooLarge,
    ServiceFailed,
    TargetError,
    TlsFailed,
    Unauthorised,
)
from hydra_tui.core.text import inert
from hydra_tui.transport.os_errors import from_os
from hydra_tui.transport.place import place_of
from hydra_tui.transport.time_limit import time_limit

LONGEST_REPLY = 1024 * 1024
"""Bytes; an INFO is some five thousand."""

_REFUSALS: dict[str, type[TargetError]] = {"BUSY": NotReady, "DENIED": Unauthorised, "NOPERM": Unauthorised}
"""By the first word of an error that redis-py has no class for. DENIED is the protected mode."""


@dataclass(frozen=True, slots=True)
class RedisLogin:
    """Where a server is and how to get in."""

    host: str
    port: int
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    tls: bool = False
    verify_tls: bool = True

    @property
    def place(self) -> str:
        """For messages."""
        return place_of(self.host, self.port)


async def info(login: RedisLogin, *, timeout_s: float) -> str:
    """The text of INFO. Raises `TargetError`."""
    connection = _connection(login)
    try:
        async with time_limit(timeout_s, f"{login.place} gave no answer within {timeout_s:g} s"):
            await connection.connect()  # type: ignore[no-untyped-call]
            await connection.send_command("INFO")
            reply = await connection.read_response(disable_decoding=True)
    except (exceptions.RedisError, OSError, ValueError, RecursionError) as error:
        raise _translated(error, login) from error
    finally:
        await connection.disconnect(nowait=True)
    if not isinstance(reply, bytes):
        raise MalformedReply("INFO brings no text")
    return reply.decode("utf-8", errors="replace")


class _BoundedParser(_AsyncRESP2Parser):
    """redis-py would read a bulk of any announced length into memory."""

    async def _read(self, length: int) -> bytes:
        if length > LONGEST_REPLY:
            raise ReplyTooLarge(f"a reply of {length} bytes is announced")
        return await super()._read(length)


def _connection(login: RedisLogin) -> Connection:
    # RESP2 signs in with a plain AUTH: its refusals are the ones that Redis documents.
    common: dict[str, Any] = {
        "host": login.host,
        "port": login.port,
        "username": login.user,
        "password": login.password,
        "socket_timeout": None,  # the whole session stands under one limit
        "driver_info": None,  # CLIENT SETINFO would swallow a refusal that is said only once
        "protocol": 2,
        "parser_class": _BoundedParser,
    }
    if not login.tls:
        return Connection(**common)
    verify = "required" if login.verify_tls else "none"
    return SSLConnection(ssl_cert_reqs=verify, ssl_check_hostname=login.verify_tls, **common)


def _translated(error: Exception, login: RedisLogin) -> TargetError:
    words = inert(str(error))
    match error:
        case exceptions.AuthenticationError() | exceptions.AuthenticationWrongNumberOfArgsError():
            asked = "its password is refused" if login.password else "it asks for a password"
            return Unauthorised(f"{asked}: {words}")
        case exceptions.NoPermissionError():
            return Unauthorised(f"its user may not: {words}")
        case exceptions.BusyLoadingError() | exceptions.MasterDownError():
            return NotReady(f"not ready: {words}")
        case exceptions.ResponseError():
            return _REFUSALS.get(words.partition(" ")[0], ServiceFailed)(f"refuses INFO: {words}")
        case exceptions.ConnectionError() | exceptions.TimeoutError() | OSError():
            return _lost(error, login, words)
        case _:
            return MalformedReply("what it says is not the Redis protocol")


def _lost(error: Exception, login: RedisLogin, words: str) -> TargetError:
    """redis-py wraps what the operating system said; it is still there as cause or context."""
    cause = error if isinstance(error, OSError) else error.__cause__ or error.__context__
    if isinstance(cause, ssl.SSLError):
        return TlsFailed(f"{login.place}: no trusted TLS session: {inert(str(cause))}")
    if isinstance(cause, OSError):
        return from_os(cause, login.place)
    full = "max number of clients" in words
    return (ServiceFailed if full else ConnectionLost)(f"{login.place}: {words}")
