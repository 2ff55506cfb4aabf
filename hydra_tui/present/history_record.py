"""One number over time, as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hydra_tui.core.events import Event
from hydra_tui.present.history_lines import Span, Stretch
from hydra_tui.present.records import Record
from hydra_tui.present.units import rfc3339


def history_record(
    stretches: Sequence[Stretch], span: Span, events: Sequence[Event], lost: Mapping[str, int]
) -> Record:
    """The unit of the values is the end of the metric's name; stretches without a reading are left out."""
    return {
        "since": rfc3339(span.since),
        "until": rfc3339(span.until),
        "step_s": round((span.until - span.since) / span.points, 3),
        "points": [
            {"at": rfc3339(at), "min": least, "mean": mean, "max": most}
            for at, least, mean, most in stretches
        ],
        "events": [
            {"at": rfc3339(each.at), "what": each.what, "detail": each.detail, "state": each.state.value}
            for each in events
        ],
        "lost_readings": dict(lost),
    }
