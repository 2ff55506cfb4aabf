"""The harness sees what a program prints, counts its bytes, times its echo and ends it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from benchmarks.processes import cpu_seconds, family, memory
from benchmarks.pty_session import PtySession

ECHO = """
import os, tty
tty.setraw(0)
os.write(1, b"ready")
while key := os.read(0, 1):
    os.write(1, key.upper())
"""
WRITES_ON_A_KEY = """
import os, tty
tty.setraw(0)
os.write(1, b"ready")
os.read(0, 1)
os.write(1, b"x" * 1000)
"""
ASKS_WHERE_THE_CURSOR_IS = """
import os, tty
tty.setraw(0)
os.write(1, b"\\x1b[6n")
os.write(1, b"told " + os.read(0, 16)[1:])
os.read(0, 1)
"""
DEAF_TO_SIGTERM = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("deaf", flush=True)
time.sleep(60)
"""
WITH_A_CHILD = """
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "input()"])
print("child", child.pid, flush=True)
child.wait()
"""

Spawn = Callable[[str], PtySession]


@pytest.fixture
def spawn() -> Iterator[Spawn]:
    """A Python program in a terminal of 40×5, ended with the test."""
    with ExitStack() as stack:

        def start(source: str) -> PtySession:
            argv = [sys.executable, "-c", source]
            return stack.enter_context(PtySession(argv, {"TERM": "xterm-256color"}, columns=40, rows=5))

        yield start


def shows(text: str) -> Callable[[str], bool]:
    return lambda screen: text in screen


def test_printed_text_is_seen_with_its_time_and_its_bytes(spawn: Spawn) -> None:
    running = spawn("print('hello')")
    seen = running.wait_for(shows("hello"), timeout=10)
    assert 0 < seen <= running.elapsed()
    assert running.bytes_read == len("hello\r\n")


def test_an_earlier_text_keeps_the_time_at_which_it_came(spawn: Spawn) -> None:
    running = spawn("import sys; print('one', flush=True); input(); print('two')")
    first = running.wait_for(shows("one"), timeout=10)
    assert running.wait_for(shows("one"), timeout=10) == first
    assert running.press("\n", timeout=10) is not None
    assert running.wait_for(shows("two"), timeout=10) > first


def test_what_never_comes_is_a_timeout_that_carries_the_screen(spawn: Spawn) -> None:
    running = spawn("print('only this')")
    with pytest.raises(TimeoutError, match="only this"):
        running.wait_for(shows("something else"), timeout=10)
    assert running.ended


def test_the_program_learns_the_size_of_its_terminal(spawn: Spawn) -> None:
    running = spawn("import os; print(*os.get_terminal_size())")
    running.wait_for(shows("40 5"), timeout=10)


def test_a_key_is_timed_to_its_echo(spawn: Spawn) -> None:
    running = spawn(ECHO)
    running.wait_for(shows("ready"), timeout=10)
    took = running.press("k", timeout=10)
    assert took is not None
    assert 0 < took < 10
    assert "readyK" in running.screen
    assert running.bytes_read == len("readyK")


def test_a_key_that_nothing_answers_has_no_time(spawn: Spawn) -> None:
    running = spawn("import os, tty; tty.setraw(0); os.write(1, b'ready'); os.read(0, 2)")
    running.wait_for(shows("ready"), timeout=10)
    assert running.press("k", timeout=0.2) is None


def test_draining_counts_only_the_bytes_that_come_meanwhile(spawn: Spawn) -> None:
    running = spawn(WRITES_ON_A_KEY)
    running.wait_for(shows("ready"), timeout=10)
    running.press("k", timeout=0)
    before = running.bytes_read
    assert running.drain(10) == 1005 - before
    assert running.bytes_read == len("ready") + 1000


def test_a_query_for_the_cursor_is_answered(spawn: Spawn) -> None:
    running = spawn(ASKS_WHERE_THE_CURSOR_IS)
    running.wait_for(shows("told [1;1R"), timeout=10)


def test_sequences_beyond_the_emulator_leave_no_mark(spawn: Spawn) -> None:
    running = spawn(r"print('\x1b[>1u\x1b[?2026$p\x1b[?2026h\x1b[38;2;1;2;3mtext\x1b[0m\x1b[<u')")
    running.wait_for(shows("text"), timeout=10)
    assert running.screen.strip() == "text"


def test_a_program_deaf_to_sigterm_is_ended_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmarks.pty_session.GRACE_S", 0.1)
    with PtySession([sys.executable, "-c", DEAF_TO_SIGTERM], {}, columns=40, rows=5) as running:
        running.wait_for(shows("deaf"), timeout=10)
        pid = running.pid
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_the_family_of_a_program_is_itself_and_its_children(spawn: Spawn) -> None:
    running = spawn(WITH_A_CHILD)
    running.wait_for(lambda screen: "child" in screen and screen.split()[-1].isdigit(), timeout=10)
    child = int(running.screen.split()[1])
    assert family(running.pid) == [running.pid, child]


def test_work_is_seen_as_cpu_time_and_memory(spawn: Spawn) -> None:
    running = spawn("import time\nwhile time.process_time() < 0.3: pass\nprint('done', flush=True)\ninput()")
    running.wait_for(shows("done"), timeout=30)
    assert 0.2 < cpu_seconds(running.pid) < 3
    held = memory(running.pid)
    assert 1 << 20 < held.pss_bytes <= held.rss_bytes
