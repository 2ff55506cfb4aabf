"""A server that begins well and turns bad at one of its paths, or hides poison in good shapes."""

from __future__ import annotations

import json
from typing import Any

import pytest

from hydra_tui.core.text import inert
from tests.adapters.forbidden import assert_harmless
from tests.adapters.recorded import recorded, situations
from tests.adapters.test_contract import NASTY, outcome, words_of
from tests.loopback import Answer, Spy, hanging_at, replaying, serving

SITUATIONS = [
    (kind, situation) for kind in ("litellm", "ollama", "tabbyapi") for situation in situations(kind)
]
WELL = {"litellm": "with the master key", "ollama": "two models loaded", "tabbyapi": "admin key, a model"}
PATHS = [(kind, path) for kind, situation in WELL.items() for path in recorded(kind, situation)]

BAD_ANSWERS = {
    "401": Answer(401, NASTY.encode(), "text/plain"),
    "404": Answer.of_json({"detail": "Not Found"}, 404),
    "500": Answer(500, b"", "text/plain"),
    "503": Answer(503, b"<html>", "text/html"),
    "nothing": Answer(),
    "list": Answer.of_json([7]),
    "null": Answer.of_json(None),
    "empty object": Answer.of_json({}),
    "wrong types": Answer.of_json({"data": 1, "models": {}, "db": [], "status": 7, "id": None}),
    "wrong items": Answer.of_json({"data": [{}, 7], "models": [{"name": 7}]}),
    "deep": Answer(200, b'{"data":' * 50_000),
}


@pytest.mark.parametrize("answer", BAD_ANSWERS)
@pytest.mark.parametrize(("kind", "path"), PATHS)
async def test_a_bad_answer_at_one_path_is_no_fault_of_ours(kind: str, path: str, answer: str) -> None:
    spy = Spy()
    answers = {**recorded(kind, WELL[kind]), path: BAD_ANSWERS[answer]}
    async with serving(replaying(answers, spy)) as port:
        found = await outcome(kind, port, timeout_s=3.0)
    assert all(word == inert(word, 2000) for word in words_of(found))
    assert_harmless(kind, spy)


@pytest.mark.parametrize(("kind", "path"), PATHS)
async def test_a_path_that_hangs_does_not_hang_the_probe(kind: str, path: str) -> None:
    async with serving(hanging_at(path, recorded(kind, WELL[kind]))) as port:
        await outcome(kind, port)


@pytest.mark.parametrize(("kind", "situation"), SITUATIONS)
async def test_poison_in_good_shapes_is_inert(kind: str, situation: str) -> None:
    answers = {path: poisoned(answer) for path, answer in recorded(kind, situation).items()}
    async with serving(replaying(answers, Spy())) as port:
        found = await outcome(kind, port, timeout_s=3.0)
    words = words_of(found)
    assert words == [inert(word, 2000) for word in words]


def poisoned(answer: Answer) -> Answer:
    """The answer with poison at the end of every text inside its objects."""
    if answer.content_type != "application/json":
        return answer
    return Answer.of_json(_poisoned(json.loads(answer.body), depth=0), answer.status)


def _poisoned(value: Any, depth: int) -> Any:
    if isinstance(value, dict):
        return {key: _poisoned(inner, depth + 1) for key, inner in value.items()}
    if isinstance(value, list):
        return [_poisoned(inner, depth + 1) for inner in value]
    return value + NASTY if isinstance(value, str) and depth else value
