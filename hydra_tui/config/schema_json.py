"""The schema for editors: completion and checks while one types."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hydra_tui.config.field_docs import field_docs
from hydra_tui.config.schema import Config
from hydra_tui.config.validation import SECTIONS


def json_schema(kinds: Iterable[str]) -> dict[str, Any]:
    """JSON Schema 2020-12 of the file, with these kinds of service."""
    schema = Config.model_json_schema(mode="validation")
    parts = {Config.__name__: schema, **schema["$defs"]}
    for section in SECTIONS.values():
        for name, text in field_docs(section).items():
            parts[section.__name__]["properties"][name]["description"] = text
    parts["ServiceConfig"]["properties"]["kind"]["enum"] = sorted(kinds)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
