"""Remote JSON is read field by field, and whatever it holds, the worst is a `MalformedReply`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hydra_tui.adapters.base.fields import (
    LARGEST,
    MAX_ITEMS,
    items,
    mapping,
    maybe_mapping,
    maybe_text,
    maybe_whole,
    shaped_like,
    text,
)
from hydra_tui.core.errors import MalformedReply, ReplyTooLarge
from hydra_tui.core.text import inert

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@pytest.mark.parametrize(
    ("read", "words"),
    [
        (lambda: mapping([1]), "the reply is a list, not an object"),
        (lambda: mapping(None), "the reply is nothing, not an object"),
        (lambda: text({}, "name"), "the reply has no `name`"),
        (lambda: text({"name": 7}, "name"), "`name` is a number, not text"),
        (lambda: text({"name": {}}, "name"), "`name` is an object, not text"),
        (lambda: items({"data": True}, "data"), "`data` is true or false, not a list"),
        (lambda: items({"data": ["x"]}, "data"), "an item of `data` is text, not an object"),
    ],
)
def test_another_shape_is_named(read: Callable[[], object], words: str) -> None:
    with pytest.raises(MalformedReply) as caught:
        read()
    assert str(caught.value) == words


def test_a_list_of_nothing_is_empty() -> None:
    assert items({"models": None}, "models") == []


def test_a_list_is_read_up_to_a_limit() -> None:
    assert len(items({"data": [{}] * (MAX_ITEMS + 5)}, "data")) == MAX_ITEMS


@pytest.mark.parametrize(
    ("value", "whole"),
    [
        (0, 0),
        (4096.0, 4096),
        (LARGEST, LARGEST),
        (LARGEST + 1, None),
        (-1, None),
        (0.5, None),
        (True, None),
        ("7", None),
        (float("nan"), None),
        (float("inf"), None),
    ],
)
def test_only_whole_numbers_from_zero_on_are_counts(value: object, whole: int | None) -> None:
    assert maybe_whole({"n": value}, "n") == whole


@given(JSON)
def test_no_json_breaks_a_reader(value: Any) -> None:
    source = {"k": value}
    for read in (text, items, maybe_text, maybe_whole, maybe_mapping):
        try:
            read(source, "k")
        except MalformedReply as error:
            assert str(error)  # noqa: PT017 - most readers do not raise


@given(st.text())
def test_every_text_is_inert(value: str) -> None:
    assert text({"k": value}, "k") == inert(value)
    assert maybe_text({"k": value}, "k") in (None, inert(value))


def test_the_services_title_is_put_before_what_is_malformed_and_its_kind_is_kept() -> None:
    with pytest.raises(ReplyTooLarge) as caught, shaped_like("Ollama"):
        raise ReplyTooLarge("too much")
    assert str(caught.value) == "answers, but not like Ollama: too much"
