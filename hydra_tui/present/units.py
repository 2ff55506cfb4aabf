"""Numbers as text of a fixed width, so that nothing on a screen moves sideways."""

from __future__ import annotations

from datetime import datetime

from hydra_tui.core.quantity import Amount, Origin

GIB = 2**30
NOTHING = "—"
"""No reading. Never confused with zero."""

ORIGIN_GLYPHS = {Origin.MEASURED: "", Origin.CLAIMED: "›", Origin.ESTIMATED: "~"}
"""What stands before a number that nobody measured."""


def gib(value: int | float | None, width: int = 5) -> str:
    """Bytes as GiB with one decimal, right-aligned, no unit: ` 26.1`."""
    return (NOTHING if value is None else f"{value / GIB:.1f}").rjust(width)


def amount(value: Amount | None, width: int = 6) -> str:
    """Bytes as GiB behind the glyph of their origin: `› 8.1`."""
    if value is None:
        return NOTHING.rjust(width)
    number = f"{value.value / GIB:.1f}"
    return f"{ORIGIN_GLYPHS[value.origin]}{number}".rjust(width)


def percent(value: float | None, width: int = 5) -> str:
    """` 87 %`."""
    return (NOTHING if value is None else f"{value:.0f} %").rjust(width)


def celsius(value: float | None, width: int = 5) -> str:
    """`71 °C`."""
    return (NOTHING if value is None else f"{value:.0f} °C").rjust(width)


def watts(value: float | None, width: int = 5) -> str:
    """`412 W`."""
    return (NOTHING if value is None else f"{value:.0f} W").rjust(width)


def number(value: float | None, width: int, decimals: int = 1) -> str:
    """A plain number, right-aligned."""
    return (NOTHING if value is None else f"{value:.{decimals}f}").rjust(width)


def latency(seconds: float | None, width: int = 7) -> str:
    """`  12 ms`, `  1.2 s`."""
    if seconds is None:
        return NOTHING.rjust(width)
    shown = f"{seconds:.1f} s" if seconds >= 0.9995 else f"{max(1.0, seconds * 1000):.0f} ms"
    return shown.rjust(width)


_SPANS = ((86400.0, "d"), (3600.0, "h"), (60.0, "min"), (1.0, "s"))


def span(seconds: float | None, width: int = 6) -> str:
    """A duration in its largest whole unit: `  12 d`, ` 3 min`."""
    if seconds is None:
        return NOTHING.rjust(width)
    for size, unit in _SPANS:
        if seconds >= size:
            return f"{int(seconds // size)} {unit}".rjust(width)
    return "0 s".rjust(width)


_ROUNDS_UP = 0.99995
"""Less than this share of a unit, the smaller unit still shows less than 1000.0."""


def rate(bytes_per_s: float | None, width: int = 10) -> str:
    """`1.2 MB/s`: decimal units, as networks count."""
    if bytes_per_s is None:
        return NOTHING.rjust(width)
    for size, unit in ((1e9, "GB/s"), (1e6, "MB/s"), (1e3, "kB/s")):
        if bytes_per_s >= size * _ROUNDS_UP:
            return f"{bytes_per_s / size:.1f} {unit}".rjust(width)
    return f"{bytes_per_s:.0f} B/s".rjust(width)


def clock(at: float | None) -> str:
    """The local time of day, `14:03:22`."""
    return "--:--:--" if at is None else datetime.fromtimestamp(at).astimezone().strftime("%H:%M:%S")


def rfc3339(at: float | None) -> str | None:
    """The moment for machines: `2026-11-22T14:03:22.123+00:00`."""
    if at is None or at == float("inf"):
        return None
    return datetime.fromtimestamp(at).astimezone().isoformat(timespec="milliseconds")
