"""Themes: every meaning has a colour, every text can be read, every mistake is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.color import Color
from rich.style import Style
from textual.app import App

from hydra_tui.core.errors import ConfigError
from hydra_tui.present import theme_files
from hydra_tui.present.roles import STATE_ROLES, Role
from hydra_tui.tui import themes
from hydra_tui.tui.surface import PAINTED

GRAPHICS = {Role.TRACK, Role.FILL, Role.FILL_WARN, Role.FILL_CRIT, Role.SPARK}
"""What is drawn and not read: the number stands beside it."""

READ = 4.5
GLANCED_AT = 3.5

each_theme = pytest.mark.parametrize("name", theme_files.names())


def luminance(color: Color) -> float:
    """Relative luminance of WCAG 2.2."""
    channels = (channel / 255 for channel in color.get_truecolor())
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(style: Style, over: Style | None = None) -> float:
    """Contrast ratio of WCAG 2.2 of a style, on its own background or on what is laid over it."""
    background = (over or style).bgcolor
    assert style.color
    assert background
    low, high = sorted((luminance(style.color), luminance(background)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_measured_as_wcag_does() -> None:
    assert contrast(Style(color="#000000", bgcolor="#ffffff")) == pytest.approx(21.0)
    assert contrast(Style(color="#777777", bgcolor="#ffffff")) == pytest.approx(4.48, abs=0.01)


def test_there_is_a_dark_and_a_light_theme_and_the_default_is_one_of_them() -> None:
    assert {"dark", "light"} <= set(theme_files.names())
    assert theme_files.DEFAULT in theme_files.names()


@each_theme
def test_every_role_has_a_colour_and_a_background(name: str) -> None:
    styles = themes.load(name).styles
    assert styles.keys() == set(Role)
    assert all(style.color and style.bgcolor for style in styles.values())
    assert {role.value for role in STATE_ROLES.values()} <= {role.value for role in styles}


@each_theme
@pytest.mark.parametrize("role", sorted(set(Role) - GRAPHICS))
def test_every_text_can_be_read(name: str, role: Role) -> None:
    assert contrast(themes.load(name).styles[role]) >= (GLANCED_AT if role is Role.FAINT else READ)


@each_theme
@pytest.mark.parametrize("role", sorted(set(Role) - GRAPHICS - {Role.FAINT, Role.BADGE}))
def test_a_row_can_be_read_under_the_cursor_and_while_it_is_lit(name: str, role: Role) -> None:
    look = themes.load(name)
    least = GLANCED_AT if role is Role.MUTED else READ
    assert contrast(look.styles[role], look.cursor) >= least
    assert contrast(look.styles[role], look.lit) >= least


@each_theme
def test_the_cursor_and_what_is_lit_are_told_from_the_background_and_from_each_other(name: str) -> None:
    look = themes.load(name)
    grounds = (look.styles[Role.TEXT].bgcolor, look.cursor.bgcolor, look.lit.bgcolor)
    assert len(set(grounds)) == 3


@each_theme
def test_only_what_the_surface_knows_to_be_painted_has_a_background_of_its_own(name: str) -> None:
    styles = themes.load(name).styles
    background = styles[Role.TEXT].bgcolor
    assert {role for role, style in styles.items() if style.bgcolor != background} == PAINTED


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("drak", "unknown theme `drak`; did you mean `dark`?"),
        ("Light", "unknown theme `Light`; did you mean `light`?"),
        ("../themes/dark", "unknown theme `../themes/dark`"),
        ("zzz", "unknown theme `zzz`"),
    ],
)
def test_an_unknown_theme_is_named_with_the_nearest_one(name: str, words: str) -> None:
    with pytest.raises(ConfigError) as error:
        themes.load(name)
    assert words in str(error.value)


def test_a_theme_without_a_colour_for_a_role_says_which(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = (theme_files._folder() / "dark.yaml").read_text("utf-8")
    kept = [line for line in whole.splitlines() if not line.startswith(("  crit:", "  key:"))]
    (tmp_path / "halfway.yaml").write_text("\n".join(kept))
    monkeypatch.setattr(theme_files, "_folder", lambda: tmp_path)
    assert theme_files.names() == ("halfway",)
    with pytest.raises(ConfigError, match=r"theme `halfway`: no colour for crit, key$"):
        themes.load("halfway")


@each_theme
async def test_textual_wears_the_theme(name: str) -> None:
    look = themes.load(name)
    app: App[None] = App()
    async with app.run_test():
        app.register_theme(look.textual)
        app.theme = look.textual.name
        assert app.current_theme is look.textual
        colours = app.get_css_variables()
        assert colours["background"].lower() == look.textual.background
        assert app.current_theme.dark is (name == "dark")
