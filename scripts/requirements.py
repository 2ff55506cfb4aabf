"""Print the requirements of dependency groups in pyproject.toml, for a pip that does not know `--group`."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

PYPROJECT = Path(__file__).parents[1] / "pyproject.toml"

Entry = str | dict[str, str]
"""A requirement, or `{"include-group": NAME}`."""


def requirements(groups: Mapping[str, Sequence[Entry]], wanted: str) -> Iterator[str]:
    """Requirements of one group, includes resolved (PEP 735); `KeyError` names a missing group."""
    for entry in groups[wanted]:
        if isinstance(entry, str):
            yield entry
        else:
            yield from requirements(groups, entry["include-group"])


def main(wanted: Sequence[str]) -> int:
    """Print each requirement of the wanted groups once, sorted."""
    groups = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["dependency-groups"]
    unique = {line for group in wanted for line in requirements(groups, group)}
    sys.stdout.writelines(f"{line}\n" for line in sorted(unique))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
