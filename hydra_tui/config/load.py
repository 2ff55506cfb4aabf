"""From a file to a configuration, or to everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from hydra_tui.config.kind_names import KindNames
from hydra_tui.config.places import Places
from hydra_tui.config.problems import SHOWN, ConfigProblems
from hydra_tui.config.references import cross_check
from hydra_tui.config.schema import Config
from hydra_tui.config.validation import validate
from hydra_tui.config.yaml_source import read_yaml


@dataclass(frozen=True, slots=True)
class Loaded:
    """A checked configuration, and where each of its keys was written."""

    config: Config
    places: Places
    """For whoever finds a problem later: `loaded.places.problem(("services", 2, "key"), …)`."""


def load(path: Path, kinds: Mapping[str, KindNames]) -> Loaded:
    """The configuration in `path`; `kinds` are the kinds of service there are.

    Raises `ConfigProblems` (a `ConfigError`) with all problems at once, for any content whatsoever.
    Secrets stay references: see `secret_checks.check_secrets`.
    """
    document = read_yaml(path)
    known_bad = {problem.key for problem in document.problems}
    config, shape = validate(document.data, document.places, known_bad)
    crossed = cross_check(document.data, kinds, document.places)
    problems = list(islice(chain(document.problems, shape, crossed), SHOWN + 1))
    if config is None or problems:
        raise ConfigProblems(problems)
    return Loaded(config, document.places)
