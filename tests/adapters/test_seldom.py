"""Answers that are kept for a while."""

from __future__ import annotations

import pytest

from hydra_tui.adapters.base.seldom import Seldom
from hydra_tui.core.errors import NoAnswer


class Counting:
    """Answers with how often it was asked, or fails."""

    def __init__(self) -> None:
        self.asked = 0
        self.fails = False

    async def __call__(self) -> int:
        self.asked += 1
        if self.fails:
            raise NoAnswer("nothing")
        return self.asked


async def test_it_is_asked_once_while_the_answer_is_young() -> None:
    seldom = Seldom(Counting(), seconds=1000)
    assert [await seldom.answer(), await seldom.answer()] == [1, 1]


async def test_an_old_or_forgotten_answer_is_asked_for_again() -> None:
    old, forgotten = Seldom(Counting(), seconds=0), Seldom(Counting(), seconds=1000)
    assert [await old.answer(), await old.answer()] == [1, 2]
    await forgotten.answer()
    forgotten.forget()
    assert await forgotten.answer() == 2


async def test_a_failure_is_told_and_not_kept() -> None:
    ask = Counting()
    seldom = Seldom(ask, seconds=0)
    await seldom.answer()
    ask.fails = True
    with pytest.raises(NoAnswer):
        await seldom.answer()
    ask.fails = False
    assert await seldom.answer() == 3
