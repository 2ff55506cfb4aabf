"""A file's bytes as text, or the reason why it has none."""

from __future__ import annotations

import stat
from pathlib import Path

from yaml.reader import Reader

from hydra_tui.config.problems import ConfigProblems, Problem

LARGEST_FILE_BYTES = 1 << 20
"""A configuration of 500 nodes and 500 services is a tenth of this."""


def read_text(path: Path) -> str:
    """The text of `path`, without a byte-order mark. Raises `ConfigProblems`."""
    data = _bytes(path)
    if b"\0" in data:
        fix = "give a YAML file, saved as UTF-8 text"
        raise _refused(path, "is a binary file", fix, data[: data.index(b"\0")])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused(path, "is not UTF-8", "save it as UTF-8 text", data[: error.start]) from None
    strange = Reader.NON_PRINTABLE.search(text)
    if strange:
        message = f"holds the control character U+{ord(strange[0]):04X}"
        raise _refused(path, message, "delete it", text[: strange.start()].encode())
    return text


def _bytes(path: Path) -> bytes:
    """At most one byte more than allowed is read, and only from a regular file: no pipe can block us."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise _refused(path, "is not a file", "give the path of a YAML file")
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE_BYTES + 1)
    except FileNotFoundError:
        fix = "name another file, or write an example with `hydra-tui config init`"
        raise _refused(path, "there is no such file", fix) from None
    except PermissionError:
        raise _refused(path, "may not be read", "give yourself permission: chmod u+r") from None
    except OSError as error:
        raise _refused(path, f"cannot be read: {error.strerror}") from None
    if len(data) > LARGEST_FILE_BYTES:
        raise _refused(path, "is larger than 1 MiB", "give the configuration, not a dump or a log")
    return data


def _refused(path: Path, message: str, fix: str = "", before: bytes | None = None) -> ConfigProblems:
    """The problem of a whole file, or of the character that stands right after `before`."""
    if before is None:
        return ConfigProblems([Problem(str(path), None, None, (), message, fix)])
    line_start = before.rfind(b"\n") + 1
    column = len(before[line_start:].decode("utf-8-sig" if not line_start else "utf-8", "replace")) + 1
    return ConfigProblems([Problem(str(path), before.count(b"\n") + 1, column, (), message, fix)])
