"""One number over time: the chart, its figures and its JSON."""

from __future__ import annotations

import pytest

from hydra_tui.core.events import Event
from hydra_tui.core.state import State
from hydra_tui.present.cells import plain, text_width
from hydra_tui.present.glyphs import ASCII
from hydra_tui.present.history_lines import Span, Stretch, history_lines
from hydra_tui.present.history_record import history_record
from hydra_tui.present.metric_value import CELLS, full_height, metric_value

NOON = 1_789_992_000.0
"""2026-09-21 12:00:00 UTC."""
SPAN = Span(NOON, NOON + 40, 4)
STRETCHES: list[Stretch] = [(NOON, 0.0, 25.0, 50.0), (NOON + 30, 90.0, 95.0, 100.0)]


def test_a_chart_shows_peaks_where_they_were_and_blanks_where_nothing_was_read() -> None:
    lines = [
        plain(line).rstrip() for line in history_lines("hydra-ai", "cpu_percent", STRETCHES, SPAN, ASCII)
    ]
    assert lines == [
        "hydra-ai  cpu_percent, last 40 s: min 0 %  mean 60 %  max 100 %",
        "     100 %    #",
        "              #",
        "              #",
        "           #  #",
        "           #  #",
        "       0 % #  #",
        "           12:00  12:00",
    ]


def test_a_span_without_readings_says_so() -> None:
    lines = history_lines("hydra-ai gpu 0", "power_w", [], SPAN, ASCII)
    assert [plain(line) for line in lines] == [
        "hydra-ai gpu 0  power_w, last 40 s",
        "nothing was recorded in that time",
    ]


def test_spans_of_days_are_told_with_their_dates() -> None:
    span = Span(NOON, NOON + 2 * 86400, 60)
    axis = plain(history_lines("x", "up", [(NOON, 1.0, 1.0, 1.0)], span, ASCII)[-1])
    assert axis.split("  ")[-1].strip() == "2026-09-23 12:00"
    assert axis.strip().startswith("2026-09-21 12:00")


@pytest.mark.parametrize(
    ("metric", "value", "shown"),
    [
        ("cpu_percent", 12.4, "12 %"),
        ("vram_used_bytes", 26.1 * 2**30, "26.1 GiB"),
        ("received_bytes_per_s", 1.2e6, "1.2 MB/s"),
        ("latency_s", 0.012, "12 ms"),
        ("temperature_c", 71, "71 °C"),
        ("power_w", 412, "412 W"),
        ("sm_clock_mhz", 2520, "2520 MHz"),
        ("load_1m", 0.5, "0.50"),
        ("up", 1, "1.00"),
        ("used_bytes", 9999 * 2**30, "9999.0 GiB"),
    ],
)
def test_a_number_is_shown_in_the_unit_that_its_name_ends_in(metric: str, value: float, shown: str) -> None:
    assert metric_value(metric, value) == shown.rjust(CELLS)
    assert text_width(metric_value(metric, value)) == CELLS


@pytest.mark.parametrize(
    ("metric", "values", "top"),
    [("cpu_percent", [3.0], 100.0), ("power_w", [3.0, 5.0], 5.0), ("power_w", [0.0], 0.0), ("up", [], 1.0)],
)
def test_a_share_is_drawn_against_all_of_it_and_the_rest_against_its_highest(
    metric: str, values: list[float], top: float
) -> None:
    assert full_height(metric, values) == top


def test_the_json_tells_times_stretches_events_and_losses() -> None:
    event = Event(NOON + 1, "hydra-ai", "down", "no answer", State.DOWN)
    assert history_record(STRETCHES[:1], SPAN, [event], {"queue": 3}) == {
        "since": "2026-09-21T12:00:00.000+00:00",
        "until": "2026-09-21T12:00:40.000+00:00",
        "step_s": 10.0,
        "points": [{"at": "2026-09-21T12:00:00.000+00:00", "min": 0.0, "mean": 25.0, "max": 50.0}],
        "events": [
            {
                "at": "2026-09-21T12:00:01.000+00:00",
                "what": "down",
                "detail": "no answer",
                "state": "down",
            }
        ],
        "lost_readings": {"queue": 3},
    }
