"""The memory of one node's GPUs: who holds how much of which."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from hydra_tui.sim.hardware import MIB, GpuSpec
from hydra_tui.sim.placement import Split


class Vram:
    """Claims on the GPUs of one node, by owner."""

    def __init__(self, gpus: Sequence[GpuSpec]) -> None:
        self._gpus = tuple(gpus)
        self._held: dict[str, Split] = {}
        self._expire: Callable[[], object] | None = None

    def expire_with(self, expire: Callable[[], object]) -> None:
        """Called before bytes are counted: whoever holds for a while lets go of what is over."""
        self._expire = expire

    def hold(self, owner: str, split: Split) -> None:
        """`owner` has exactly this much from now on."""
        self._held[owner] = split

    def release(self, owner: str) -> None:
        """`owner` has nothing any more."""
        self._held.pop(owner, None)

    def owners(self) -> tuple[str, ...]:
        """Who holds something, oldest first."""
        return tuple(self._held)

    def held(self) -> Mapping[str, Split]:
        """Bytes per GPU, by owner."""
        self._let_go()
        return dict(self._held)

    def used(self) -> Split:
        """Used bytes per GPU, contexts included."""
        self._let_go()
        return tuple(
            gpu.context_mib * MIB + sum(split[index] for split in self._held.values())
            for index, gpu in enumerate(self._gpus)
        )

    def free(self) -> Split:
        """Free bytes per GPU: what the driver would still give."""
        return tuple(
            (gpu.memory_mib - gpu.reserved_mib) * MIB - used
            for gpu, used in zip(self._gpus, self.used(), strict=True)
        )

    def holds(self, index: int) -> bool:
        """Whether any model has bytes on this GPU."""
        return any(split[index] for split in self._held.values())

    def _let_go(self) -> None:
        if self._expire is not None:
            self._expire()
