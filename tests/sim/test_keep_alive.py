"""How Ollama reads `keep_alive`."""

from __future__ import annotations

import math
from typing import Any

import pytest

from hydra_tui.sim.keep_alive import DEFAULT_S, parse


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, DEFAULT_S),
        (0, 0.0),
        (90, 90.0),
        (-1, math.inf),
        ("5m", 300.0),
        ("1h30m", 5400.0),
        ("500ms", 0.5),
        ("-1s", math.inf),
        ("0s", 0.0),
    ],
)
def test_a_keep_alive_is_seconds_or_a_go_duration(value: Any, seconds: float) -> None:
    assert parse(value) == seconds


@pytest.mark.parametrize("value", ["300", "", "5 minutes", "m", "5mx"])
def test_a_text_without_a_unit_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="missing unit in duration"):
        parse(value)
