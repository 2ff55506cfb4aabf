"""Tests against real servers run wherever the server is found; in CI a missing one is a failure."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable

import pytest

SYSTEM_DIRS = ("/usr/sbin", "/sbin", "/usr/lib/postgresql/15/bin", "/usr/lib/postgresql/17/bin")


def missing(what: str) -> None:
    """Skip with a line at home, fail in CI."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"missing in CI: {what}")
    pytest.skip(f"missing here: {what}")


@pytest.fixture
def require() -> Callable[[str], str]:
    """`require("sshd")` is the program's path, or the end of the test."""

    def find(program: str) -> str:
        path = os.pathsep.join((os.environ.get("PATH", ""), *SYSTEM_DIRS))
        found = shutil.which(program, path=path)
        if found is None:
            missing(program)
        return str(found)

    return find
