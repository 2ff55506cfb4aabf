"""Facts in words: the end of the name is the unit, wherever the fact is shown."""

from __future__ import annotations

import pytest

from hydra_tui.core.quantity import Fact
from hydra_tui.present.facts import fact_text, headline, label_of, value_of

GIB, MIB = 2**30, 2**20
Value = str | int | float | bool | None


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("used_bytes", 0, "0.0 MiB"),
        ("used_bytes", 5 * MIB, "5.0 MiB"),
        ("used_bytes", GIB // 10, "102.4 MiB"),
        ("used_bytes", GIB // 10 + 1, "0.1 GiB"),
        ("used_bytes", 10**18, "931322574.6 GiB"),
        ("uptime_s", 0, "0 s"),
        ("uptime_s", 12.4 * 86400, "12 d"),
        ("cache_percent", 99.6, "100 %"),
        ("delay_ms", 0.2, "1 ms"),
        ("delay_ms", 1500, "1.5 s"),
        ("keys", 0, "0"),
        ("keys", 1_234_567, "1 234 567"),
        ("ratio", 0.005, "0.01"),
        ("ready", True, "yes"),
        ("ready", False, "no"),
        ("mode", "Q8", "Q8"),
        ("mode", "", ""),
        ("used_bytes", None, "—"),
        ("mode", None, "—"),
    ],
)
def test_a_value_is_shown_in_the_unit_of_its_name(name: str, value: Value, shown: str) -> None:
    assert value_of(Fact(name, value)) == shown


@pytest.mark.parametrize(
    ("fact", "label"),
    [
        (Fact("used_bytes", 1), "used"),
        (Fact("uptime_s", 1), "uptime"),
        (Fact("delay_ms", 1), "delay"),
        (Fact("hit_percent", 1), "hit"),
        (Fact("queue_requests", 1), "queue requests"),
        (Fact("vram_bytes", 1, "VRAM"), "VRAM"),
    ],
)
def test_a_label_leaves_out_the_unit_that_stands_behind_the_value(fact: Fact, label: str) -> None:
    assert label_of(fact) == label


@pytest.mark.parametrize(
    ("fact", "phrase", "short"),
    [
        (Fact("loaded_models", 2, "loaded"), "2 loaded", "2 loaded"),
        (Fact("used_bytes", 2 * GIB), "2.0 GiB used", "2.0 GiB used"),
        (Fact("database", "none configured"), "database none configured", "none configured"),
        (Fact("ready", True), "ready", "ready"),
        (Fact("ready", False), "no ready", "no ready"),
        (Fact("clients", None), "— clients", "— clients"),
    ],
)
def test_a_fact_is_one_phrase_and_a_text_stands_for_itself_where_room_is_short(
    fact: Fact, phrase: str, short: str
) -> None:
    assert fact_text(fact) == phrase
    assert headline(fact) == short
