"""The catalogue of kinds, in the words of the configuration."""

from __future__ import annotations

import pytest

from hydra_tui.adapters.base import catalogue
from hydra_tui.config.kind_names import KindNames
from hydra_tui.wiring.kinds import KnownKinds


def test_every_kind_of_the_catalogue_is_known_by_its_name() -> None:
    kinds = KnownKinds()
    assert tuple(kinds) == catalogue.names()
    assert len(kinds) == len(catalogue.names())


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("http", KindNames("http", None, frozenset({"path", "status"}))),
        ("ollama", KindNames("http", 11434, frozenset())),
        ("tcp", KindNames("tcp", None, frozenset())),
    ],
)
def test_a_kind_says_what_a_configuration_may_give_it(name: str, words: KindNames) -> None:
    assert KnownKinds()[name] == words


@pytest.mark.parametrize("name", ["olama", "", "base"])
def test_what_is_no_kind_is_simply_not_there(name: str) -> None:
    assert name not in KnownKinds()
    assert KnownKinds().get(name) is None
