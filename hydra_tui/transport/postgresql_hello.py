"""The first eight bytes of PostgreSQL: they need no login and leave no line in its log."""

from __future__ import annotations

from hydra_tui.core.errors import MalformedReply
from hydra_tui.transport import tcp

SSL_REQUEST = bytes((0, 0, 0, 8, 4, 210, 22, 47))
"""Length 8, code 80877103: "may we speak TLS?" (PostgreSQL protocol, SSLRequest)."""

ANSWERS = {b"S": True, b"N": False}


async def offers_tls(host: str, port: int, *, timeout_s: float) -> bool:
    """Whether the PostgreSQL server there would speak TLS.

    Raises `MalformedReply` when what answers is none: it must say one byte, S or N, and nothing more.
    """
    answer = await tcp.exchange(host, port, SSL_REQUEST, limit=64, timeout_s=timeout_s)
    if answer not in ANSWERS:
        raise MalformedReply(f"{host}:{port} does not answer its first question")
    return ANSWERS[answer]
