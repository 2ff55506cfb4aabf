"""Which service a process belongs to: by its unit, its name, its kind; never by a guess between two."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hydra_tui.core.attribution import service_of
from hydra_tui.core.cluster import Service
from tests.core.ledgers import engine, hidden, model, process

OLLAMA = engine("ollama", model("qwen", 8.0))
TABBY = engine("big-one", model("llama", 40.0), kind="tabbyapi", unit="inference@big.service")
COMFY = engine("comfyui", kind="http")
HERE = (OLLAMA, TABBY, COMFY)


@pytest.mark.parametrize(
    ("unit", "command", "name"),
    [
        ("ollama.service", "x", "ollama"),
        ("inference@big.service", "python main.py", "big-one"),
        ("ollama@gpu0.service", "x", "ollama"),
        ("", "/usr/local/bin/ollama runner --port 1", "ollama"),
        ("", "/usr/lib/ollama/llama-server -m x", "ollama"),
        ("", "/opt/venv/bin/python /opt/ComfyUI/main.py", "comfyui"),
        ("", "python /opt/tabbyAPI/main.py", "big-one"),
        ("", "python -m tabbyapi", "big-one"),
        ("session-3.scope", "python train.py", ""),
        ("", "python chat.py --backend http://ollama:11434", ""),
        ("", "http server", ""),
        ("", "", ""),
    ],
)
def test_a_process_is_recognised(unit: str, command: str, name: str) -> None:
    assert service_of(process(1, 0, 1.0, unit, command), HERE) == name


def test_a_process_that_hides_is_nobodys() -> None:
    assert service_of(hidden(1, 0, 1.0), HERE) == ""


def test_what_fits_two_services_alike_fits_none() -> None:
    twins: tuple[Service, ...] = (replace(OLLAMA, name="one"), replace(OLLAMA, name="two"))
    assert service_of(process(1, 0, 1.0, command="/usr/bin/ollama runner"), twins) == ""
