"""The search for a Python takes the first that really works, and says what to do when none does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from scripts.requirements import PYPROJECT

FIND_PYTHON = PYPROJECT.with_name("scripts") / "find_python.sh"


def find(path: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Run the search with nothing but `path` on PATH."""
    return subprocess.run(
        ["/bin/sh", FIND_PYTHON],
        env={"PATH": str(path), **env},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def refusing(path: Path) -> None:
    """A pyenv shim of a version that is not chosen."""
    path.write_text("#!/bin/sh\nexit 127\n")
    path.chmod(0o755)


def working(path: Path) -> None:
    path.symlink_to(sys.executable)


def test_a_shim_that_refuses_is_passed_over(tmp_path: Path) -> None:
    refusing(tmp_path / "python3.13")
    working(tmp_path / "python3.11")
    assert find(tmp_path).stdout.strip() == str(tmp_path / "python3.11")


def test_the_python_asked_for_is_the_only_candidate(tmp_path: Path) -> None:
    refusing(tmp_path / "chosen")
    working(tmp_path / "python3")
    assert find(tmp_path, PYTHON=sys.executable).stdout.strip() == sys.executable
    refused = find(tmp_path, PYTHON=str(tmp_path / "chosen"))
    assert refused.returncode == 1
    assert f"tried: {tmp_path / 'chosen'}." in refused.stderr


def test_none_at_all_is_said_with_the_way_out(tmp_path: Path) -> None:
    found = find(tmp_path)
    assert (found.returncode, found.stdout) == (1, "")
    assert "Python 3.11 or newer" in found.stderr
    assert "make PYTHON=" in found.stderr
