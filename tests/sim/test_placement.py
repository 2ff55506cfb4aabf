"""Where a model's bytes go."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hydra_tui.sim.placement import Split, pack, spread


@pytest.mark.parametrize(
    ("need", "free", "split"),
    [
        (30, (60, 40), (18, 12)),
        (100, (60, 40), (60, 40)),
        (101, (60, 40), None),
        (1, (0, 0), None),
    ],
)
def test_a_model_is_spread_by_the_room_there_is(need: int, free: Split, split: Split | None) -> None:
    assert spread(need, free) == split


@pytest.mark.parametrize(
    ("need", "free", "split"),
    [
        (30, (60, 40), (30, 0)),
        (30, (10, 40), (0, 30)),
        (80, (60, 40), (48, 32)),
        (101, (60, 40), None),
    ],
)
def test_a_model_is_packed_on_one_gpu_if_it_fits_there(need: int, free: Split, split: Split | None) -> None:
    assert pack(need, free) == split


@given(st.integers(1, 10**12), st.lists(st.integers(0, 10**11), min_size=1, max_size=8))
def test_no_byte_is_lost_and_no_gpu_overflows(need: int, free: list[int]) -> None:
    for split in (spread(need, free), pack(need, free)):
        if split is not None:
            assert sum(split) == need
            assert all(0 <= size <= room for size, room in zip(split, free, strict=True))
