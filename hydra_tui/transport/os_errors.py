"""What the operating system says of a connection, in an operator's words."""

from __future__ import annotations

import errno
import os
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from hydra_tui.core.errors import (
    ConnectionLost,
    ConnectionRefused,
    NameNotResolved,
    NoAnswer,
    TargetError,
    Unreachable,
)
from hydra_tui.core.text import inert

_BY_ERRNO: dict[int, tuple[type[TargetError], str]] = {
    errno.ECONNREFUSED: (ConnectionRefused, "connection refused: nothing listens on {}"),
    errno.ECONNRESET: (ConnectionLost, "{} reset the connection"),
    errno.ECONNABORTED: (ConnectionLost, "{} reset the connection"),
    errno.EPIPE: (ConnectionLost, "{} closed the connection"),
    errno.ETIMEDOUT: (NoAnswer, "{} does not answer"),
    errno.EHOSTUNREACH: (Unreachable, "no route to {}"),
    errno.ENETUNREACH: (Unreachable, "no route to the network of {}"),
}

_BY_CLASS: dict[type[OSError], int] = {
    ConnectionRefusedError: errno.ECONNREFUSED,
    ConnectionResetError: errno.ECONNRESET,
    ConnectionAbortedError: errno.ECONNABORTED,
    BrokenPipeError: errno.EPIPE,
    TimeoutError: errno.ETIMEDOUT,
}
"""Libraries raise these without a number."""

_QUOTED_ERRNO = re.compile(r"\[Errno (\d+)\]")


@contextmanager
def os_errors_of(place: str) -> Iterator[None]:
    """Operating-system errors raised inside become ours, in the name of `place` (`host:port`)."""
    try:
        yield
    except (UnicodeError, OverflowError) as error:
        raise NameNotResolved(f"{place} is not an address: {inert(str(error))}") from error
    except OSError as error:
        raise from_os(error, place) from error


def from_os(error: OSError, place: str) -> TargetError:
    """Our error for one of the operating system's while connecting to or talking with `place`."""
    if isinstance(error, socket.gaierror):
        return NameNotResolved(f"{place}: that host name is unknown here ({error.strerror})")
    number = _number(error)
    if number in _BY_ERRNO:
        kind, words = _BY_ERRNO[number]
        return kind(words.format(place))
    return Unreachable(f"{place}: {os.strerror(number) if number else inert(str(error))}")


def _number(error: OSError) -> int:
    """Its errno. asyncio quotes them in a text when a name with several addresses failed at each."""
    if error.errno:
        return error.errno
    for kind, number in _BY_CLASS.items():
        if isinstance(error, kind):
            return number
    quoted = _QUOTED_ERRNO.search(str(error))
    return int(quoted[1]) if quoted else 0
