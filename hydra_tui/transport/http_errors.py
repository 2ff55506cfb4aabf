"""httpx's exceptions become ours."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from hydra_tui.core.errors import (
    ConnectionLost,
    MalformedReply,
    NoAnswer,
    TargetError,
    TlsFailed,
    Unreachable,
)
from hydra_tui.core.text import inert
from hydra_tui.transport.os_errors import from_os


@contextmanager
def http_errors_of(place: str) -> Iterator[None]:
    """What httpx raises inside becomes ours, in the name of `place` (`host:port`)."""
    try:
        yield
    except (httpx.LocalProtocolError, httpx.UnsupportedProtocol, httpx.InvalidURL, UnicodeError):
        # Their texts quote the request, and with it the key.
        raise TargetError(f"{place}: the URL, or a header such as the key, is not valid HTTP") from None
    except httpx.HTTPError as error:
        raise _from_httpx(error, place) from error


def _from_httpx(error: httpx.HTTPError, place: str) -> TargetError:
    if isinstance(error, httpx.RemoteProtocolError):
        return _not_http(str(error), place)
    if isinstance(error, httpx.TimeoutException):
        return NoAnswer(f"{place} does not answer")
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLError):
            return _tls_failed(cause, place)
        if isinstance(cause, OSError) and not _is_summary(cause):
            return from_os(cause, place)
    if isinstance(error, httpx.ReadError | httpx.WriteError):
        return ConnectionLost(f"{place} closed the connection in the middle")
    return Unreachable(f"{place}: {inert(str(error)) or type(error).__name__}")


def _not_http(said: str, place: str) -> TargetError:
    if "disconnected" in said or "closed connection" in said:
        return ConnectionLost(f"{place} closed the connection before its answer was complete")
    return MalformedReply(f"{place} does not speak HTTP on that port")


def _tls_failed(error: ssl.SSLError, place: str) -> TlsFailed:
    if isinstance(error, ssl.SSLCertVerificationError):
        return TlsFailed(f"{place}: its certificate is not trusted here: {inert(error.verify_message)}")
    if error.reason in ("WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE", "HTTP_REQUEST"):
        return TlsFailed(f"{place} does not speak TLS: does its URL begin with http://?")
    return TlsFailed(f"{place}: TLS failed: {inert(error.reason or str(error))}")


def _is_summary(error: OSError) -> bool:
    """anyio's "All connection attempts failed": the reason is in what caused it."""
    return error.errno is None and error.__cause__ is not None


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what led to it, the members of a group one by one."""
    while error is not None:
        yield error
        if isinstance(error, BaseExceptionGroup):
            for member in error.exceptions:
                yield from _causes(member)
        error = error.__cause__ or error.__context__
