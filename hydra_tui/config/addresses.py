"""Host names, and the one-line form of an SSH destination."""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import Any

from hydra_tui.config.wrong_value import WrongValueError

_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,252}")
_SSH = re.compile(
    r"(?:(?P<user>[^@:\s]+)@)?(?:\[(?P<ip>[^\[\]\s]+)\]|(?P<name>[^@:\s\[\]]+))(?::(?P<port>[0-9]+))?"
)


def host_name(text: str) -> str:
    """`text` itself, when it is a name or an IP address and nothing more."""
    if "://" in text:
        raise WrongValueError("must be a host, not a URL", "leave out the scheme and the port")
    if _NAME.fullmatch(text) or is_ip_address(text):
        return text
    if _NAME.fullmatch(text.partition(":")[0]):
        raise WrongValueError("must be a host alone", "leave out the port")
    raise WrongValueError("is not a host name or IP address", "write it like `hydra-ai` or `hydra-ai.lan`")


def is_ip_address(text: str) -> bool:
    """Whether `text` is an IPv4 or IPv6 address, unbracketed."""
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def bracketed(host: str) -> str:
    """The host as it stands in a URL: an IPv6 address goes in brackets."""
    return f"[{host}]" if ":" in host else host


def ssh_destination(value: Any) -> Any:
    """The mapping that `alias`, `user@host` or `user@host:port` stands for; a mapping as it is."""
    if isinstance(value, dict):
        return value
    match = _SSH.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise WrongValueError(
            "is not an SSH destination",
            "write an alias of ~/.ssh/config, `user@host:port`, or a mapping with `host:`; "
            "an IPv6 address goes in brackets: `ops@[2001:db8::1]:22`",
        )
    parts = {"user": match["user"], "host": match["ip"] or match["name"]}
    port = {"port": int(match["port"][:6])} if match["port"] else {}
    return {key: part for key, part in parts.items() if part} | port
