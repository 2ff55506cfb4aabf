"""What a run of text means. A theme gives each role its colours; nothing else knows a colour."""

from __future__ import annotations

from enum import StrEnum

from hydra_tui.core.state import State


class Role(StrEnum):
    """The whole palette of meanings."""

    TEXT = "text"
    STRONG = "strong"
    """A name the eye should find."""
    MUTED = "muted"
    """Labels, units, what is calm."""
    FAINT = "faint"
    """Rules, gaps, what is barely there."""
    TITLE = "title"
    ACCENT = "accent"
    """Where the operator is."""
    OK = "ok"
    BUSY = "busy"
    WARN = "warn"
    CRIT = "crit"
    FILL = "fill"
    """The filled part of a gauge."""
    TRACK = "track"
    """The part that is not."""
    FILL_WARN = "fill_warn"
    FILL_CRIT = "fill_crit"
    SPARK = "spark"
    BADGE = "badge"
    """A word that must not be overlooked: SIMULATED."""
    KEY = "key"


STATE_ROLES = {
    State.UP: Role.OK,
    State.BUSY: Role.BUSY,
    State.DEGRADED: Role.WARN,
    State.UNAUTHORISED: Role.WARN,
    State.DOWN: Role.CRIT,
    State.UNKNOWN: Role.MUTED,
}
