"""Paths on this machine, as an operator may write them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hydra_tui.config.wrong_value import WrongValueError


def local_path(value: Any) -> Path:
    """An absolute path, `~/` replaced by the home directory. The file need not exist.

    A relative path is refused: it would mean another file in each directory one starts from.
    """
    if isinstance(value, Path):
        return value
    if not isinstance(value, str) or not value.isprintable():
        raise WrongValueError("must be the path of a file", "write it like `~/.ssh/id_ed25519`")
    if not value.startswith(("/", "~/")):
        raise WrongValueError("is a relative path", "begin it with `/` or `~/`")
    try:
        return Path(value).expanduser()
    except RuntimeError:
        raise WrongValueError(
            "begins with `~/`, but no home directory is known", "write the whole path"
        ) from None
