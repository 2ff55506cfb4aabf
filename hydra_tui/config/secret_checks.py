"""Which secrets could not be had, before anything needs them."""

from __future__ import annotations

from collections.abc import Iterator

from hydra_tui.config.load import Loaded
from hydra_tui.config.problems import KeyPath, Problem
from hydra_tui.config.schema import Config
from hydra_tui.config.secrets import resolve
from hydra_tui.core.errors import SecretError


def check_secrets(loaded: Loaded, *, run_commands: bool = False) -> list[Problem]:
    """A problem for every reference that cannot be resolved, with its line; values are thrown away.

    `cmd:` references are run, each once, only when asked for: they may ring a security token.
    """
    wanted = [
        (key, reference)
        for key, reference in _references(loaded.config)
        if run_commands or not reference.startswith("cmd:")
    ]
    failures = {reference: _failure(reference) for _, reference in wanted}
    return [
        loaded.places.problem(key, failures[reference]) for key, reference in wanted if failures[reference]
    ]


def _references(config: Config) -> Iterator[tuple[KeyPath, str]]:
    for index, service in enumerate(config.services):
        if service.key is not None:
            yield ("services", index, "key"), service.key
    if config.metrics is not None and config.metrics.key is not None:
        yield ("metrics", "key"), config.metrics.key
    if config.simulation is not None:
        yield ("simulation", "token"), config.simulation.token


def _failure(reference: str) -> str:
    try:
        resolve(reference)
    except SecretError as error:
        return str(error)
    return ""
