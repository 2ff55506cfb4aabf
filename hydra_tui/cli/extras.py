"""Parts of the package that are installed only when asked for."""

from __future__ import annotations

from importlib.util import find_spec

from hydra_tui.core.errors import ConfigError


def need_demo() -> None:
    """Raises `ConfigError` with the way out when the simulated cluster's servers are not installed."""
    missing = [name for name in ("starlette", "uvicorn") if find_spec(name) is None]
    if missing:
        raise ConfigError(f"{' and '.join(missing)} missing: pip install 'hydra-tui[demo]'")
