"""A place for the secrets of one run, readable by nobody else and gone with it."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path


class PrivateDirectory:
    """A temporary directory of mode 0700 with files of mode 0600."""

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix="hydra-tui-sim-"))

    def write(self, name: str, content: str | bytes) -> Path:
        """A new file with this content; its path."""
        path = self.path / name
        replace_privately(path, content)
        return path

    def remove(self) -> None:
        """Leave nothing behind."""
        shutil.rmtree(self.path, ignore_errors=True)


def replace_privately(path: Path, content: str | bytes) -> None:
    """Put a file of mode 0600 where `path` is, whole or not at all. Raises `OSError`."""
    data = content.encode() if isinstance(content, str) else content
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise
