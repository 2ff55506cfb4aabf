"""Themes are data: YAML files that give every role its colours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from rich.style import Style
from textual.theme import Theme

from hydra_tui.present import theme_files
from hydra_tui.present.roles import Role


@dataclass(frozen=True, slots=True)
class Look:
    """One theme, ready to draw with."""

    textual: Theme
    """What Textual's own widgets (palette, input, toasts) are coloured by."""
    styles: Mapping[Role, Style]
    cursor: Style
    """Laid over what the operator points at."""
    lit: Style
    """Laid over what has just changed its state."""


@cache
def load(name: str) -> Look:
    """The theme of that name. Raises `ConfigError` when there is none or a role has no colour."""
    data = theme_files.read(name)
    styles = {role: _style(data["roles"][role.value], data["background"]) for role in Role}
    cursor, lit = (Style(bgcolor=data[key]) for key in ("cursor", "lit"))
    return Look(_textual(name, data), styles, cursor, lit)


def _style(spec: Mapping[str, Any], background: str) -> Style:
    return Style(
        color=spec["color"], bgcolor=spec.get("background", background), bold=spec.get("bold", False)
    )


def _textual(name: str, data: Mapping[str, Any]) -> Theme:
    colours = {role: spec["color"] for role, spec in data["roles"].items()}
    return Theme(
        name=f"hydra-{name}",
        primary=colours["accent"],
        foreground=colours["text"],
        background=data["background"],
        surface=data["panel"],
        panel=data["panel"],
        success=colours["ok"],
        warning=colours["warn"],
        error=colours["crit"],
        accent=colours["accent"],
        dark=data["dark"],
    )
