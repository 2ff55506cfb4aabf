"""What may stand under `history:`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from hydra_tui.config.field_types import Bytes, LocalPath, Switch
from hydra_tui.config.section import Section

LEAST_BYTES = 8 << 20
"""Less does not hold an hour of a handful of nodes."""


class HistoryConfig(Section):
    """What the console remembers when it is closed."""

    record: Switch = True
    """`false`: nothing is written."""
    file: LocalPath | None = None
    """Else `hydra-tui/history.db` where this system keeps state. A simulated cluster is kept only where
    this names a file.
    """
    size: Annotated[Bytes, Field(ge=LEAST_BYTES)] = 256 << 20
    """What the file may take: past it the finest and oldest goes first."""
