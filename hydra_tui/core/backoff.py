"""How long to wait before asking again."""

from __future__ import annotations

FIRST_RETRY_S = 1.0


def pause_s(failures: int, interval_s: float, longest_s: float) -> float:
    """Seconds to the next look: the interval when all is well, else 1, 2, 4 … up to `longest_s`.

    The first retries may come sooner than the interval: they tell a hiccup from an outage.
    """
    if failures == 0:
        return interval_s
    return min(FIRST_RETRY_S * 2.0 ** min(failures - 1, 16), longest_s)


def jittered(seconds: float, chance: float, spread: float = 0.1) -> float:
    """`seconds` moved by at most ±`spread`, so that many loops never march in step.

    `chance` is a random number of [0, 1): the caller owns the dice.
    """
    return seconds * (1.0 + spread * (2.0 * chance - 1.0))
