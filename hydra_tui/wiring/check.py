"""Everything that can be said against a configuration without watching anything."""

from __future__ import annotations

from hydra_tui.config.load import Loaded
from hydra_tui.config.problems import ConfigProblems, Problem
from hydra_tui.config.secret_checks import check_secrets
from hydra_tui.core.errors import ConfigError
from hydra_tui.present import theme_files
from hydra_tui.wiring.names import check_names
from hydra_tui.wiring.service_targets import service_targets


async def check(loaded: Loaded, *, run_commands: bool) -> list[Problem]:
    """Options, secrets and names, all at once. `cmd:` references are run only when asked for."""
    secrets = check_secrets(loaded, run_commands=run_commands)
    return [*_theme(loaded), *_options(loaded), *secrets, *await check_names(loaded)]


def _theme(loaded: Loaded) -> list[Problem]:
    try:
        theme_files.check_name(loaded.config.theme)
    except ConfigError as error:
        return [loaded.places.problem(("theme",), str(error))]
    return []


def _options(loaded: Loaded) -> tuple[Problem, ...]:
    try:
        service_targets(loaded, {})
    except ConfigProblems as error:
        return error.problems
    return ()
