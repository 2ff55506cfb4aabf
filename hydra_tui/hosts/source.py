"""What the engine asks for a host's counters, wherever the host is."""

from __future__ import annotations

from typing import Protocol

from hydra_tui.core.host import HostCounters

SECOND_LOOK_S = 1.0
"""At most so long after the first look comes the second, which completes it: rates need two."""


class CountersSource(Protocol):
    """A host that is looked at again and again, at its own pace."""

    async def next(self) -> HostCounters:
        """The next look, when it is due; the first one at once.

        Raises `TargetError` with the reason when there is none. Asking again tries again.
        """
        ...

    async def close(self) -> None:
        """Stop looking and let go of what was opened; asking again would open it again."""
        ...
