"""Whatever a file holds, loading it ends in a configuration or in a report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from hydra_tui.config.load import Loaded, load
from hydra_tui.config.problems import ConfigProblems
from hydra_tui.config.validation import SECTIONS
from tests.config.files import KINDS, write

EXAMPLE = (Path(__file__).parents[2] / "config.example.yaml").read_text("utf-8")
SECRET = "hunter2"

TOKENS = [
    *(
        "- ",
        "? ",
        ": ",
        "#",
        "'",
        '"',
        "[",
        "]",
        "{",
        "}",
        "&a ",
        "*a",
        "<<: ",
        "!!int ",
        "!x ",
        "|",
        ">",
        "%",
    ),
    *("@", "`", "null", "~", "yes", ".nan", "-1", "1e999", "0x", "9" * 20, "http://", "u:p@", "::1", "env:"),
    *("cmd:'", "  ", "\t", "\n", "\r", "---\n", "\0", "\x1b[2J", "\u202e", "\ufeff"),
]

PIECES = st.one_of(st.sampled_from(TOKENS), st.text(max_size=4))

KEYS = st.sampled_from(sorted({key for section in SECTIONS.values() for key in section.model_fields}))

LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from(
        ["http", "redis", "http://h:1", "redis://h", "a", "env:A", "5s", "3GB", "docker:x", "1:2"]
    ),
)

DATA = st.recursive(
    LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=6)),
    max_leaves=12,
)

CONFIGURATIONS = st.fixed_dictionaries(
    {},
    optional={
        section: st.lists(st.dictionaries(KEYS, DATA, max_size=7), max_size=3)
        for section in ("nodes", "services", "models")
    }
    | dict.fromkeys(("cluster", "theme", "interval", "simulation"), DATA),
)


@st.composite
def mutations(draw: st.DrawFn) -> str:
    """The example with some places overwritten, cut out or grown."""
    text = EXAMPLE
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 40)))
        text = text[:start] + draw(PIECES) * draw(st.sampled_from([1, 1, 1, 2, 50])) + text[end:]
    return text


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hostile")


def _outcome(path: Path) -> Loaded | ConfigProblems:
    try:
        return load(path, KINDS)
    except ConfigProblems as refused:
        return refused


def _check(folder: Path, content: str | bytes) -> None:
    outcome = _outcome(write(folder, content))
    if isinstance(outcome, Loaded):
        return
    assert outcome.problems
    for problem in outcome.problems:
        assert str(problem).isprintable()
        assert problem.line is None or 1 <= problem.line <= len(content) + 1


@settings(max_examples=150, deadline=None)
@given(text=mutations())
def test_a_damaged_example_loads_or_is_reported(folder: Path, text: str) -> None:
    _check(folder, text.encode("utf-8", "surrogatepass"))


@settings(max_examples=100, deadline=None)
@given(data=CONFIGURATIONS)
def test_keys_in_the_wrong_places_load_or_are_reported(folder: Path, data: dict[str, Any]) -> None:
    _check(folder, yaml.safe_dump(data, allow_unicode=True).encode("utf-8", "surrogatepass"))


@settings(max_examples=100, deadline=None)
@given(content=st.binary(max_size=200))
def test_any_bytes_are_reported(folder: Path, content: bytes) -> None:
    _check(folder, content)


@settings(max_examples=150, deadline=None)
@given(before=st.lists(PIECES, max_size=2), after=st.lists(PIECES, max_size=4))
def test_a_literal_key_is_never_repeated(folder: Path, before: list[str], after: list[str]) -> None:
    key = f"{''.join(before)}{SECRET}{''.join(after)}".replace("\n", " ").replace("\r", " ")
    text = f"services:\n  - name: s\n    kind: litellm\n    url: http://h\n    key: {key}\n"
    outcome = _outcome(write(folder, text.encode("utf-8", "surrogatepass")))
    if isinstance(outcome, ConfigProblems):
        assert SECRET not in str(outcome)
