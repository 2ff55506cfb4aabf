"""How a configuration names a secret without holding it."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from hydra_tui.config.local_path import local_path
from hydra_tui.config.wrong_value import WrongValueError

WAYS = "`env:NAME`, `file:PATH`, `cmd:COMMAND` or `keyring:SERVICE/NAME`"
"""Every form there is."""


@dataclass(frozen=True, slots=True)
class SecretReference:
    """A way to a secret: `env:LITELLM_MASTER_KEY` is scheme `env`, place `LITELLM_MASTER_KEY`."""

    scheme: str
    place: str


def parse_reference(text: str) -> SecretReference:
    """The reference that `text` spells.

    Anything else could be the secret itself, so the message of `WrongValueError` never repeats it.
    """
    scheme, _, place = text.partition(":")
    check = _CHECKS.get(scheme)
    if check is None:
        raise WrongValueError(
            "must name a secret, not be one", f"keep the secret elsewhere and refer to it: {WAYS}"
        )
    check(place)
    return SecretReference(scheme, place)


def secret_reference(text: str) -> str:
    """`text` itself, when it is a well-formed reference."""
    parse_reference(text)
    return text


def _check_env(place: str) -> None:
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", place):
        raise WrongValueError("has no variable's name after `env:`", "write it like `env:LITELLM_MASTER_KEY`")


def _check_file(place: str) -> None:
    try:
        local_path(place)
    except WrongValueError as wrong:
        raise WrongValueError(
            "has no whole path after `file:`", "write it like `file:~/.secrets/litellm`"
        ) from wrong


def _check_cmd(place: str) -> None:
    if not _splits(place):
        raise WrongValueError(
            "has no command after `cmd:`, or one with an open quote", "write it like `cmd:pass show litellm`"
        )


def _splits(command: str) -> bool:
    try:
        return bool(shlex.split(command)) and command.isprintable()
    except ValueError:
        return False


def _check_keyring(place: str) -> None:
    service, _, name = place.rpartition("/")
    if not (service and name and place.isprintable()):
        raise WrongValueError(
            "has no SERVICE/NAME after `keyring:`", "write it like `keyring:hydra-tui/litellm`"
        )


_CHECKS: Mapping[str, Callable[[str], None]] = MappingProxyType(
    {"env": _check_env, "file": _check_file, "cmd": _check_cmd, "keyring": _check_keyring}
)
