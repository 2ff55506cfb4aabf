"""What the engine asks for a host's counters or samples, wherever the host is."""

from __future__ import annotations

from typing import Protocol

from hydra_tui.core.host import HostCounters, HostSample

SECOND_LOOK_S = 1.0
"""At most so long after the first look comes the second, which completes it: rates need two."""

PROCESSES_EVERY_S = 10.0
"""Seconds between two looks at who holds memory on the GPUs."""


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


class SampleSource(Protocol):
    """A host of which finished samples are told, by someone who has made rates of its counters."""

    async def next(self) -> HostSample:
        """The next sample, when it is due; the first one at once. Raises like `CountersSource.next`."""
        ...

    async def close(self) -> None:
        """Stop asking and let go of what was opened; asking again would open it again."""
        ...
