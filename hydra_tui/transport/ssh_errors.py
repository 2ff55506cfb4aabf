"""asyncssh's exceptions become ours."""

from __future__ import annotations

from collections.abc import Callable

import asyncssh

from hydra_tui.core.errors import (
    CommandMissing,
    ConnectionLost,
    MalformedReply,
    NoAnswer,
    ServiceFailed,
    TargetError,
    Unauthorised,
    Unreachable,
)
from hydra_tui.core.text import inert
from hydra_tui.transport.os_errors import from_os
from hydra_tui.transport.ssh_hostkeys import refused
from hydra_tui.transport.ssh_settings import Settings
from hydra_tui.transport.ssh_witness import Witness

Explain = Callable[[Exception, Settings, Witness], TargetError]


def login_failed(error: Exception, settings: Settings, witness: Witness) -> TargetError:
    """Our error for one that ended a login."""
    if isinstance(error, asyncssh.HostKeyNotVerifiable):
        return refused(error, settings, witness)
    return next(explain for kind, explain in _LOGIN if isinstance(error, kind))(error, settings, witness)


def lost(place: str, error: Exception | None = None) -> ConnectionLost:
    """Our error for a connection that ended under a command."""
    why = f": {inert(str(error))}" if error and str(error) else ""
    return ConnectionLost(f"the SSH connection to {place} was lost{why}")


def no_session(error: asyncssh.ChannelOpenError, place: str) -> TargetError:
    """Our error for a command that could not be started on a connection that lives."""
    return ServiceFailed(
        f"{place} opens no further session ({inert(error.reason)}): see MaxSessions of its sshd"
    )


def _denied(error: Exception, settings: Settings, witness: Witness) -> TargetError:
    return Unauthorised(f"{settings.place} refuses user {settings.user}: tried {settings.tried}")


def _no_common_algorithm(error: Exception, settings: Settings, witness: Witness) -> TargetError:
    return ServiceFailed(f"{settings.place} and we share no SSH algorithm: {inert(str(error))}")


def _ended(error: Exception, settings: Settings, witness: Witness) -> TargetError:
    if "timeout" in str(error):
        return _too_slow(error, settings, witness)
    return ConnectionLost(
        f"{settings.place} closed the connection during the login: is an SSH server on that port?"
    )


def _disconnected(error: Exception, settings: Settings, witness: Witness) -> TargetError:
    if "authentication" in str(error):
        return Unauthorised(
            f"{settings.place} hung up on user {settings.user}: {inert(str(error))}; tried {settings.tried}."
            " Name the one key that fits as its identity"
        )
    return MalformedReply(f"{settings.place} does not speak SSH as we do: {inert(str(error))}")


def _no_way_through(error: Exception, settings: Settings, witness: Witness) -> TargetError:
    return Unreachable(f"the jump host cannot reach {settings.place}: {inert(str(error))}")


def _too_slow(error: Exception, settings: Settings, witness: Witness) -> TargetError:
    if witness.reached:
        return NoAnswer(f"{settings.place} accepts connections, but the SSH login did not end in time")
    return NoAnswer(f"{settings.place} did not answer in time")


def _no_proxy(error: Exception, settings: Settings, witness: Witness) -> TargetError:
    return CommandMissing(f"the ProxyCommand for {settings.place} cannot be started: {inert(str(error))}")


def _system(error: Exception, settings: Settings, witness: Witness) -> TargetError:
    assert isinstance(error, OSError)
    return from_os(error, settings.place)


def _other(error: Exception, settings: Settings, witness: Witness) -> TargetError:
    return TargetError(f"SSH to {settings.place} failed: {inert(str(error))}")


_LOGIN: tuple[tuple[type[Exception], Explain], ...] = (
    (asyncssh.PermissionDenied, _denied),
    (asyncssh.KeyExchangeFailed, _no_common_algorithm),
    (asyncssh.ConnectionLost, _ended),
    (asyncssh.DisconnectError, _disconnected),
    (asyncssh.ChannelOpenError, _no_way_through),
    (TimeoutError, _too_slow),
    (FileNotFoundError, _no_proxy),
    (PermissionError, _no_proxy),
    (OSError, _system),
    (Exception, _other),
)
"""The most specific first."""
