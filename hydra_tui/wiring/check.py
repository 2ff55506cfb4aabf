"""Everything that can be said against a configuration without watching anything."""

from __future__ import annotations

from hydra_tui.config.load import Loaded
from hydra_tui.config.problems import ConfigProblems, Problem
from hydra_tui.config.secret_checks import check_secrets
from hydra_tui.wiring.names import check_names
from hydra_tui.wiring.service_targets import service_targets


async def check(loaded: Loaded, *, run_commands: bool) -> list[Problem]:
    """Options, secrets and names, all at once. `cmd:` references are run only when asked for."""
    secrets = check_secrets(loaded, run_commands=run_commands)
    return [*_options(loaded), *secrets, *await check_names(loaded)]


def _options(loaded: Loaded) -> tuple[Problem, ...]:
    try:
        service_targets(loaded, {})
    except ConfigProblems as error:
        return error.problems
    return ()
