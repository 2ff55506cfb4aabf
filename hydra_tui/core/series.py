"""Short rings of past values, for sparklines."""

from __future__ import annotations

from dataclasses import dataclass, replace

Values = tuple[float | None, ...]
"""Oldest first; `None` is a gap: nothing was read then."""


@dataclass(frozen=True, slots=True)
class Series:
    """The peak of each stretch of `bucket_s` seconds, newest last, at most `keep` of them.

    Buckets lie on the clock, so a sparkline moves once per bucket and not with every reading.
    """

    bucket_s: float = 5.0
    keep: int = 120
    last_bucket: int = 0
    values: Values = ()

    def add(self, at: float, value: float | None) -> Series:
        """The series with a value read `at` (seconds since the epoch); skipped buckets become gaps."""
        bucket = int(at // self.bucket_s)
        if not self.values or bucket - self.last_bucket >= self.keep:
            return replace(self, last_bucket=bucket, values=(value,))
        if bucket <= self.last_bucket:
            peak = _peak(self.values[-1], value)
            return self if peak == self.values[-1] else replace(self, values=(*self.values[:-1], peak))
        gaps = (None,) * (bucket - self.last_bucket - 1)
        return replace(self, last_bucket=bucket, values=(*self.values, *gaps, value)[-self.keep :])


def _peak(one: float | None, other: float | None) -> float | None:
    known = [value for value in (one, other) if value is not None]
    return max(known) if known else None
