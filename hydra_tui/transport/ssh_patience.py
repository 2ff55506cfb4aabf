"""How long SSH may take for what."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """The time limits of a connection, in seconds."""

    login_s: float = 10.0
    """From the first packet, over all hops, until we are in."""
    keepalive_s: float = 5.0
    """A connection silent for so long is asked for a sign of life."""
    keepalive_count: int = 3
    """After so many unanswered ones it is lost."""
    channel_s: float = 10.0
    """Until a command on an open connection has been started."""
    farewell_s: float = 2.0
    """A command told to go that has not gone by then costs the connection."""
