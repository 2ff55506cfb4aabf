"""Where themes lie, and what a theme's file says. Colours only: how they are worn is the face's business."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import yaml

from hydra_tui.core.errors import ConfigError
from hydra_tui.core.nearest import did_you_mean
from hydra_tui.present.roles import Role

DEFAULT = "dark"

_KEYS = {"dark", "background", "panel", "cursor", "lit", "roles"}


def _folder() -> Traversable:
    """Beside the package in a checkout, inside it once installed."""
    checkout = Path(__file__).parents[2] / "themes"
    return checkout if checkout.is_dir() else files("hydra_tui") / "themes"


def names() -> tuple[str, ...]:
    """The themes there are."""
    found = (entry.name for entry in _folder().iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in found if name.endswith(".yaml")))


def check_name(name: str) -> None:
    """Raises `ConfigError` when there is no theme of that name."""
    if name not in names():
        raise ConfigError(f"unknown theme `{name}`{did_you_mean(name, names())}")


def read(name: str) -> dict[str, Any]:
    """The file's content. Raises `ConfigError` when there is none, or when a role has no colour."""
    check_name(name)
    data: dict[str, Any] = yaml.safe_load((_folder() / f"{name}.yaml").read_text("utf-8"))
    if missing := _KEYS - data.keys():
        raise ConfigError(f"theme `{name}`: no {', '.join(sorted(missing))}")
    if missing := {role.value for role in Role} - data["roles"].keys():
        raise ConfigError(f"theme `{name}`: no colour for {', '.join(sorted(missing))}")
    return data
