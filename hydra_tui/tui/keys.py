"""Every action there is, once: bindings, key bar, help, palette and the documentation read this table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Action:
    """One thing an operator can do."""

    id: str
    """Textual's action: `app.` or the screen's own `action_…` method, arguments included."""
    keys: str
    """Default keys, comma separated, in Textual's spelling."""
    shown: str
    """The key as a person writes it."""
    label: str
    """One word, for the key bar."""
    tooltip: str
    """A sentence, for the help and the palette."""
    group: str
    on_bar: bool = False


MOVE, LOOK, SCREEN, CONSOLE = "Move", "Look", "Screens", "Console"

_CURSOR = (
    Action("move(1)", "down,j", "↓ j", "down", "The next thing.", MOVE),
    Action("move(-1)", "up,k", "↑ k", "up", "The thing before.", MOVE),
)
_OPEN = Action("open", "enter", "↵", "open", "All that is known of what the cursor is on.", LOOK, on_bar=True)
_FILTER = Action("filter", "slash", "/", "filter", "Show only what contains a text.", LOOK, on_bar=True)
_CLIMB = Action("climb", "escape", "Esc", "back", "Out of the filter, the zoom, the screen.", LOOK)

OVERVIEW = (
    *_CURSOR,
    Action("pane(1)", "tab,right", "Tab →", "pane", "The next pane.", MOVE, on_bar=True),
    Action("pane(-1)", "shift+tab,left", "⇧Tab ←", "pane back", "The pane before.", MOVE),
    _OPEN,
    Action("zoom", "z", "z", "zoom", "This pane alone, and back.", LOOK, on_bar=True),
    _FILTER,
    _CLIMB,
)
"""On the overview."""

LISTING = (*_CURSOR, _OPEN, _FILTER, _CLIMB)
"""On a screen that lists one sort of thing."""

DETAIL = (
    Action("scroll(1)", "down,j", "↓ j", "down", "A line down.", MOVE),
    Action("scroll(-1)", "up,k", "↑ k", "up", "A line up.", MOVE),
    Action("scroll(10)", "pagedown,space", "PgDn", "page", "Ten lines down.", MOVE),
    Action("scroll(-10)", "pageup", "PgUp", "page back", "Ten lines up.", MOVE),
    Action("climb", "escape,minus", "Esc -", "back", "Back to where you came from.", LOOK, on_bar=True),
)
"""On the page about one thing, and on the help."""

SCREENS = (
    Action("app.show('overview')", "1", "1", "overview", "Everything at a glance.", SCREEN, True),
    Action(
        "app.show('nodes')",
        "2",
        "2",
        "nodes",
        "Every machine, its GPUs, their history.",
        SCREEN,
        True,
    ),
)
"""One digit each."""

EVERYWHERE = (
    *SCREENS,
    Action("app.command_palette", "colon,ctrl+p", ":", "command", "Find and run a command.", CONSOLE, True),
    Action("app.help", "question_mark", "?", "help", "Keys and signs of what you look at.", CONSOLE, True),
    Action("app.look_again", "r", "r", "refresh", "Ask every node and service now.", CONSOLE),
    Action("app.next_theme", "t", "t", "theme", "The next theme.", CONSOLE),
    Action("app.export_screen", "ctrl+s", "^s", "export", "Save this screen as an SVG picture.", CONSOLE),
    Action("app.quit", "q,ctrl+q", "q", "quit", "Leave; the terminal is as it was before.", CONSOLE, True),
)
"""On every screen."""
