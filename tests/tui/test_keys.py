"""The one table of actions: nothing twice, nothing dead, nothing dangerous on a bare letter."""

from __future__ import annotations

import ast
import inspect
from collections import Counter
from collections.abc import Sequence

import pytest
from textual.binding import Binding
from textual.dom import DOMNode

from hydra_tui.tui.app import HydraApp
from hydra_tui.tui.keys import CONSOLE, DETAIL, EVERYWHERE, LOOK, MOVE, OVERVIEW, Action
from hydra_tui.tui.screens.detail import DetailScreen
from hydra_tui.tui.screens.help import HelpScreen
from hydra_tui.tui.screens.overview import OverviewScreen

SCREENS = [
    pytest.param(OverviewScreen, OVERVIEW, id="overview"),
    pytest.param(DetailScreen, DETAIL, id="detail"),
    pytest.param(HelpScreen, DETAIL, id="help"),
]
ALL = (*OVERVIEW, *DETAIL, *EVERYWHERE)

each_screen = pytest.mark.parametrize(("screen", "actions"), SCREENS)
each_action = pytest.mark.parametrize("action", ALL, ids=lambda action: f"{action.id} {action.keys}")


def method(owner: type[DOMNode], action: Action) -> None:
    """Calls for the method of an action, its arguments included."""
    name, _, rest = action.id.removeprefix("app.").partition("(")
    arguments = ast.literal_eval(f"({rest.removesuffix(')')},)") if rest else ()
    inspect.signature(getattr(owner, f"action_{name}")).bind(None, *arguments)


@each_screen
def test_every_action_of_a_screen_is_a_method_of_it(screen: type[DOMNode], actions: Sequence[Action]) -> None:
    assert actions
    for action in actions:
        method(screen, action)


def test_every_action_that_works_everywhere_is_a_method_of_the_app() -> None:
    for action in EVERYWHERE:
        assert action.id.startswith("app.")
        method(HydraApp, action)


@each_screen
def test_no_key_and_no_id_is_there_twice(screen: type[DOMNode], actions: Sequence[Action]) -> None:
    here = (*actions, *EVERYWHERE)
    keys = Counter(key for action in here for key in action.keys.split(","))
    ids = Counter(action.id for action in here)
    assert [key for key, times in keys.items() if times > 1] == []
    assert [each for each, times in ids.items() if times > 1] == []


@each_screen
def test_the_bindings_are_read_from_the_table(screen: type[DOMNode], actions: Sequence[Action]) -> None:
    bound = [each for each in screen.BINDINGS if isinstance(each, Binding)]
    assert [(each.key, each.action, each.tooltip) for each in bound] == [
        (each.keys, each.id, each.tooltip) for each in actions
    ]


@each_action
def test_bare_letters_only_look_and_move(action: Action) -> None:
    bare = [key for key in action.keys.split(",") if len(key) == 1 and key.islower()]
    assert not bare or action.group in (MOVE, LOOK, CONSOLE)


@each_action
def test_every_action_says_what_it_is_in_a_word_and_a_sentence(action: Action) -> None:
    assert 1 <= len(action.label.split()) <= 2
    assert action.label == action.label.lower()
    assert action.tooltip[0].isupper()
    assert action.tooltip.endswith(".")
    assert action.group


@each_action
def test_a_key_that_is_shown_as_a_letter_is_that_letter(action: Action) -> None:
    letters = [sign for sign in action.shown.split() if len(sign) == 1 and sign.isalpha()]
    assert set(letters) <= set(action.keys.split(","))


@each_screen
def test_groups_hang_together(screen: type[DOMNode], actions: Sequence[Action]) -> None:
    groups = [action.group for action in (*actions, *EVERYWHERE)]
    runs = [group for place, group in enumerate(groups) if place == 0 or groups[place - 1] != group]
    assert len(runs) == len(set(runs))


@each_screen
def test_every_bar_ends_with_a_way_out(screen: type[DOMNode], actions: Sequence[Action]) -> None:
    assert [action.id for action in (*actions, *EVERYWHERE) if action.on_bar][-1] == "app.quit"
