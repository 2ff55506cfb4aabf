"""A secret from its reference, at the moment it is needed."""

from __future__ import annotations

import os
import shlex
import stat
import unicodedata
from collections.abc import Callable, Mapping
from types import MappingProxyType

from hydra_tui.config.local_path import local_path
from hydra_tui.config.secret_command import LARGEST_SECRET_BYTES, CommandFailedError, run_command
from hydra_tui.config.secret_keyring import from_keyring
from hydra_tui.config.secret_reference import parse_reference
from hydra_tui.config.wrong_value import WrongValueError
from hydra_tui.core.errors import SecretError
from hydra_tui.core.text import inert

COMMAND_TIMEOUT_S = 10.0


def resolve(reference: str, timeout_s: float = COMMAND_TIMEOUT_S) -> str:
    """The secret that `reference` leads to, without surrounding white space.

    `timeout_s` limits commands and the keyring. Raises `SecretError`, which names the reference and
    the way out, never the value.
    """
    try:
        parsed = parse_reference(reference)
    except WrongValueError as wrong:
        raise SecretError(f"a secret's reference {wrong}") from None
    try:
        return _usable(_RESOLVERS[parsed.scheme](parsed.place, timeout_s))
    except (WrongValueError, CommandFailedError) as wrong:
        raise SecretError(f"`{inert(reference, 120)}`: {wrong}") from None


def _from_env(name: str, timeout_s: float) -> str:
    try:
        return os.environ[name]
    except KeyError:
        raise WrongValueError("the variable is not set", f"export {name} before the start") from None


def _from_file(place: str, timeout_s: float) -> str:
    path = local_path(place)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise WrongValueError("it is not a file", "name a file that holds only the secret")
        with path.open("rb") as file:
            return _text(file.read(LARGEST_SECRET_BYTES + 1))
    except OSError as error:
        fix = f"create {place}, or make it readable for you"
        raise WrongValueError(f"the file cannot be read ({error.strerror})", fix) from None


def _from_cmd(command: str, timeout_s: float) -> str:
    return _text(run_command(shlex.split(command), timeout_s))


def _text(data: bytes) -> str:
    if len(data) > LARGEST_SECRET_BYTES:
        raise WrongValueError("it holds more than a secret can be", "name one that holds only the secret")
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise WrongValueError("it gives bytes that are not UTF-8 text", "store the secret as text") from None


def _usable(value: str) -> str:
    """One line: anything else would break the header or command that carries it."""
    secret = value.strip()
    if not secret:
        raise WrongValueError("it is empty", "store the secret there")
    if any(unicodedata.category(char) in ("Cc", "Cs") for char in secret):
        raise WrongValueError("it is more than one line of text", "store only the secret there")
    return secret


_RESOLVERS: Mapping[str, Callable[[str, float], str]] = MappingProxyType(
    {"env": _from_env, "file": _from_file, "cmd": _from_cmd, "keyring": from_keyring}
)
