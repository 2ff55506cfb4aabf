"""Did you mean…? Only when something is near."""

from __future__ import annotations

import pytest

from hydra_tui.core.nearest import did_you_mean, nearest

KINDS = ("http", "litellm", "ollama", "postgresql", "redis", "tabbyapi", "tcp")


@pytest.mark.parametrize(
    ("word", "match"),
    [
        ("olama", "ollama"),
        ("Ollama", "ollama"),
        ("TABBY", "tabbyapi"),
        ("postgres", "postgresql"),
        ("lite-llm", "litellm"),
        ("https", "http"),
        ("qdrant", None),
        ("", None),
    ],
)
def test_the_nearest_word_is_found_if_there_is_one(word: str, match: str | None) -> None:
    assert nearest(word, iter(KINDS)) == match


def test_nothing_is_near_when_nothing_is_known() -> None:
    assert nearest("ollama", ()) is None


@pytest.mark.parametrize(("word", "tail"), [("olama", "; did you mean `ollama`?"), ("qdrant", "")])
def test_a_message_ends_with_the_suggestion(word: str, tail: str) -> None:
    assert did_you_mean(word, KINDS) == tail
