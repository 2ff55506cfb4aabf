"""The secrets that a configuration refers to, each asked for once."""

from __future__ import annotations

from collections.abc import Mapping

from hydra_tui.config.load import Loaded
from hydra_tui.config.problems import ConfigProblems, KeyPath
from hydra_tui.config.secrets import resolve
from hydra_tui.core.errors import SecretError


def resolved(loaded: Loaded) -> Mapping[str, str]:
    """Every referenced secret by its reference. Raises `ConfigProblems` for all that cannot be had."""
    wanted: dict[KeyPath, str | None] = {
        ("services", index, "key"): each.key for index, each in enumerate(loaded.config.services)
    }
    if loaded.config.metrics is not None:
        wanted["metrics", "key"] = loaded.config.metrics.key
    found: dict[str, str] = {}
    failed: dict[str, str] = {}
    for reference in dict.fromkeys(key for key in wanted.values() if key):
        try:
            found[reference] = resolve(reference)
        except SecretError as error:
            failed[reference] = str(error)
    if failed:
        raise ConfigProblems(
            loaded.places.problem(path, failed[key]) for path, key in wanted.items() if key in failed
        )
    return found
