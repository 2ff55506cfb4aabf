from __future__ import annotations

import asyncio
import threading

import pytest

from hydra_tui.hosts.aside import Aside


async def test_a_call_runs_in_a_thread_that_no_exit_waits_for() -> None:
    thread = await Aside(5.0).run(threading.current_thread)
    assert thread is not threading.main_thread()
    assert thread.daemon


async def test_what_a_call_raises_is_raised_here() -> None:
    def fail() -> None:
        raise LookupError("gone")

    with pytest.raises(LookupError, match="gone"):
        await Aside(5.0).run(fail)


async def test_a_late_call_is_left_to_itself_and_none_joins_it() -> None:
    aside, release = Aside(0.05), threading.Event()
    calls = []

    def hang() -> None:
        calls.append(threading.current_thread())
        release.wait()

    for _ in range(3):
        with pytest.raises(TimeoutError):
            await aside.run(hang)
    assert len(calls) == 1
    release.set()
    await asyncio.to_thread(calls[0].join)
    assert await Aside(5.0).run(lambda: 7) == 7
    assert await aside.run(lambda: 8) == 8


async def test_a_call_that_nobody_waits_for_any_more_harms_nothing() -> None:
    aside, began, release = Aside(5.0), threading.Event(), threading.Event()
    threads: list[threading.Thread] = []

    def hang() -> None:
        threads.append(threading.current_thread())
        began.set()
        release.wait()

    waiting = asyncio.create_task(aside.run(hang))
    await asyncio.to_thread(began.wait)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    release.set()
    await asyncio.to_thread(threads[0].join)
    assert await aside.run(lambda: 9) == 9
