"""A GPU as its driver tells of it."""

from __future__ import annotations

import pytest

from hydra_tui.core.gpu import Gpu, short_name


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("NVIDIA GeForce RTX 4090", "RTX 4090"),
        ("NVIDIA GeForce RTX 5070 Ti", "RTX 5070 Ti"),
        ("NVIDIA L40S", "L40S"),
        ("NVIDIA RTX A6000", "RTX A6000"),
        ("AMD Radeon RX 7900 XTX", "RX 7900 XTX"),
        ("AMD Instinct MI300X", "Instinct MI300X"),
        ("Intel Arc A770", "Arc A770"),
        ("Tesla T4", "Tesla T4"),
        ("NVIDIA", "NVIDIA"),
        ("", ""),
    ],
)
def test_the_maker_is_left_out_of_a_name(name: str, short: str) -> None:
    assert short_name(name) == short


@pytest.mark.parametrize(
    ("total", "used", "free"),
    [(100, 30, 70), (100, 100, 0), (100, 0, 100), (100, 101, 0), (None, 30, None), (100, None, None)],
)
def test_free_vram_is_known_when_both_readings_are(
    total: int | None, used: int | None, free: int | None
) -> None:
    assert Gpu(0, "", "L40S", total, used).vram_free_bytes == free
