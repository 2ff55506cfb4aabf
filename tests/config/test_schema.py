"""The schema as documentation: for editors, and as the one list of keys there is."""

from __future__ import annotations

import pytest

from hydra_tui.config.field_docs import field_docs
from hydra_tui.config.schema_json import json_schema
from hydra_tui.config.section import Section
from hydra_tui.config.validation import SECTIONS


def test_every_section_can_suggest_its_keys() -> None:
    assert set(SECTIONS.values()) == set(Section.__subclasses__())


@pytest.mark.parametrize("section", SECTIONS.values(), ids=lambda section: section.__name__)
def test_every_field_has_a_docstring(section: type[Section]) -> None:
    assert list(field_docs(section)) == list(section.model_fields)


def test_the_json_schema_knows_kinds_forms_and_words() -> None:
    schema = json_schema(["ollama", "litellm"])
    services = schema["$defs"]["ServiceConfig"]
    assert services["additionalProperties"] is False
    assert services["required"] == ["name", "kind"]
    assert services["properties"]["kind"]["enum"] == ["litellm", "ollama"]
    assert services["properties"]["timeout"]["anyOf"] == [{"type": "string"}, {"type": "number"}]
    assert services["properties"]["key"]["description"] == "A reference to its API key or password."
    ssh = schema["$defs"]["NodeConfig"]["properties"]["ssh"]["anyOf"]
    assert {"type": "string"} in ssh
    assert {"$ref": "#/$defs/SshConfig"} in ssh
    assert schema["properties"]["cluster"]["description"] == "The name shown in the header."
