"""The time of this machine."""

from __future__ import annotations

import time

from hydra_tui.engine.clock import SystemClock


def test_the_system_clock_tells_the_time_of_day_and_the_time_that_passes() -> None:
    clock = SystemClock()
    assert time.time() - 60 < clock.now() <= time.time()
    assert time.monotonic() - 60 < clock.monotonic() <= time.monotonic()
