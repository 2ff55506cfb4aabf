from __future__ import annotations

import pytest

from hydra_tui.core.throttle import Throttle, throttles


@pytest.mark.parametrize(
    ("mask", "words"),
    [
        (0x0, []),
        (0x1, ["idle"]),
        (0x2, ["clocks set by an operator"]),
        (0x4, ["power limit reached"]),
        (0x8, ["hardware slowdown"]),
        (0x10, ["kept in step with another GPU"]),
        (0x20, ["too warm"]),
        (0x40, ["overheating"]),
        (0x80, ["power brake: the supply asks for less"]),
        (0x100, ["display clock setting"]),
        (0x48, ["hardware slowdown", "overheating"]),
        (0xFFFF_0000_0000_0000, []),
    ],
)
def test_every_bit_of_the_mask_has_a_word(mask: int, words: list[str]) -> None:
    assert [reason.value for reason in throttles(mask) or ()] == words


def test_a_mask_that_is_not_said_is_not_an_empty_one() -> None:
    assert throttles(None) is None
    assert len(throttles(0x1FF) or ()) == len(Throttle)
