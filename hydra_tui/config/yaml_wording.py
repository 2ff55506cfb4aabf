"""What PyYAML says of broken syntax, in words that name the way out."""

from __future__ import annotations

from pathlib import Path

from yaml import MarkedYAMLError

from hydra_tui.config.problems import Problem

_WORDS: tuple[tuple[str, str, str], ...] = (
    (
        "mapping values are not allowed",
        "there is a `:` where none can stand",
        "quote the value if it contains `: `, or mend the indentation",
    ),
    ("could not find expected ':'", "a key above here has no `:`", "write `key: value`"),
    ("unexpected end of stream", "a quote is opened and never closed", "close it"),
    ("did not find expected ',' or", "a `[` or `{` is opened and never closed", "close it"),
    ("expected ',' or", "a `[` or `{` is opened and never closed", "close it"),
    (
        "undefined alias",
        "a value beginning with `*` refers to an anchor that is not there",
        "quote the value if the `*` belongs to it",
    ),
    (
        "cannot start any token",
        "a value begins with a character that YAML reserves",
        "put the value in quotes",
    ),
    ("unknown escape character", "there is an unknown `\\` escape in double quotes", "use single quotes"),
    ("another document", "there is a second document", "remove the line `---`"),
    ("expected a single document", "there is a second document", "remove the line `---`"),
    ("did not find expected", "the indentation does not fit the lines above", "align it with its siblings"),
    ("expected <block end>", "the indentation does not fit the lines above", "align it with its siblings"),
)
"""(fragment of PyYAML's or libyaml's message, our words, the way out); the first match counts."""


def syntax_problem(path: Path, text: str, error: MarkedYAMLError) -> Problem:
    """The one problem that ended the reading. No part of the text is repeated: it may be a secret."""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    message, fix = _tab(text, line) or _words(f"{error.context} {error.problem}")
    return Problem(str(path), line + 1, column + 1, (), message, fix)


def _words(said: str) -> tuple[str, str]:
    for fragment, message, fix in _WORDS:
        if fragment in said:
            return message, fix
    return "this is not valid YAML", "compare it with config.example.yaml"


def _tab(text: str, line: int) -> tuple[str, str] | None:
    lines = text.splitlines()
    shown = lines[line] if line < len(lines) else ""
    indentation = shown[: len(shown) - len(shown.lstrip())]
    return ("the line is indented with a tab", "indent with spaces") if "\t" in indentation else None
