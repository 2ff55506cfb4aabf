"""Where a model's bytes go on a node's GPUs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

Split = tuple[int, ...]
"""Bytes per GPU, in the driver's order."""


def spread(need: int, free: Sequence[int]) -> Split | None:
    """Over all GPUs by their room, as a `gpu_split` would; `None` when it does not fit."""
    room = sum(free)
    if need > room or room == 0:
        return None
    ends = [need * end // room for end in accumulate(free, initial=0)]
    return tuple(end - start for start, end in pairwise(ends))


def pack(need: int, free: Sequence[int]) -> Split | None:
    """On the roomiest single GPU if it fits there, else over all: Ollama's habit."""
    roomiest = max(range(len(free)), key=free.__getitem__)
    if need <= free[roomiest]:
        return tuple(need if index == roomiest else 0 for index in range(len(free)))
    return spread(need, free)
