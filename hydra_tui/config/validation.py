"""Plain data against the schema: pydantic finds what is wrong, this says it in plain words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import islice
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from hydra_tui.config.places import Places
from hydra_tui.config.problems import SHOWN, KeyPath, Problem
from hydra_tui.config.schema import Config, SimulationConfig
from hydra_tui.config.schema_history import HistoryConfig
from hydra_tui.config.schema_metrics import MetricsConfig
from hydra_tui.config.schema_nodes import NodeConfig, SshConfig
from hydra_tui.config.schema_services import ModelConfig, ServiceConfig
from hydra_tui.config.section import Section
from hydra_tui.config.wrong_value import WrongValueError
from hydra_tui.core.nearest import nearest

SECTIONS: Mapping[tuple[str, ...], type[Section]] = MappingProxyType(
    {
        (): Config,
        ("nodes",): NodeConfig,
        ("nodes", "ssh"): SshConfig,
        ("metrics",): MetricsConfig,
        ("services",): ServiceConfig,
        ("models",): ModelConfig,
        ("history",): HistoryConfig,
        ("simulation",): SimulationConfig,
    }
)
"""Which model checks which part of the file: its key path without the indices."""

_WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "string_type": ("must be text", "put it in quotes"),
        "int_type": ("must be a whole number", "write digits, without quotes"),
        "bool_type": ("must be true or false", "write `true` or `false`, without quotes"),
        "tuple_type": ("must be a list", "begin each entry with `- `"),
        "model_type": ("must be a mapping", "write `key: value` lines below it"),
        "mapping_type": ("must be a mapping", "write `key: value` lines below it"),
        "dict_type": ("must be a mapping", "write `key: value` lines below it"),
        "too_long": ("has more than {max_length} entries", "split it into several configurations"),
        "greater_than_equal": ("must be at least {ge}", ""),
        "less_than_equal": ("must be at most {le}", ""),
    }
)
"""By pydantic's type of error: our words and the way out."""


def validate(
    data: dict[str, Any], places: Places, known_bad: Collection[KeyPath]
) -> tuple[Config | None, list[Problem]]:
    """The configuration, or `None` and what is wrong with its shape (at most `SHOWN` problems and one).

    `known_bad` are keys whose values are already reported as unreadable.
    """
    try:
        return Config.model_validate(data), []
    except ValidationError as invalid:
        fresh = (error for error in invalid.errors(include_url=False) if error["loc"] not in known_bad)
        return None, list(islice(_problems(fresh, places), SHOWN + 1))


def _problems(errors: Iterator[ErrorDetails], places: Places) -> Iterator[Problem]:
    for error in errors:
        key = error["loc"]
        if error["type"] == "missing":
            yield places.problem(key[:-1], f"`{key[-1]}` is missing", f"add `{key[-1]}: …`")
        elif error["type"] == "extra_forbidden":
            yield places.problem(key, "unknown key", _known_key(key))
        else:
            yield places.problem(key, *_words(error))


def _words(error: ErrorDetails) -> tuple[str, str]:
    context = error.get("ctx", {})
    wrong = context.get("error")
    if isinstance(wrong, WrongValueError):
        return wrong.message, wrong.fix
    message, fix = _WORDS.get(error["type"], ("cannot be used here", "compare it with config.example.yaml"))
    if error["type"] == "string_type" and isinstance(error["input"], list | dict):
        fix = "write one value on the same line"
    return message.format(**context), fix


def _known_key(key: KeyPath) -> str:
    section = SECTIONS[tuple(step for step in key[:-1] if isinstance(step, str))]
    near = nearest(str(key[-1]), section.model_fields)
    return f"did you mean `{near}`?" if near else f"known here: {', '.join(section.model_fields)}"
