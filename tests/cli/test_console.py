"""The console as a person opens it: in a terminal, on the simulated cluster, through real sockets."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from benchmarks.pty_session import PtySession
from tests.cli.commands import hydra

PATIENCE_S = 40.0
LEAVING = b"\x1b[?1049l"
"""The alternate screen is left: the shell's own text is back."""
CURSOR_SHOWN = b"\x1b[?25h"

Opened = Callable[..., PtySession]


@pytest.fixture
def terminal() -> Iterator[Opened]:
    """`terminal("-c", FILE)` runs `hydra-tui` in a terminal of 120×36."""
    sessions: list[PtySession] = []

    def opened(*words: object, columns: int = 120, rows: int = 36) -> PtySession:
        argv = [sys.executable, "-m", "hydra_tui", *map(str, words)]
        env = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        sessions.append(PtySession(argv, env, columns, rows))
        return sessions[-1]

    yield opened
    for session in sessions:
        session.close()


def until(wanted: Callable[[], bool]) -> None:
    """Until it is so; fails when it never is."""
    end = time.monotonic() + PATIENCE_S
    while not wanted():
        assert time.monotonic() < end, "never came true"
        os.sched_yield()


def processes(word: str) -> list[str]:
    """Command lines of running processes that hold this word."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = entry.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if word in line:
            found.append(line)
    return found


def test_it_opens_shows_an_incident_and_leaves_the_terminal_as_it_was(
    sim_config: Path, terminal: Opened
) -> None:
    session = terminal("-c", sim_config)
    session.wait_for(
        lambda shown: "RTX 5090" in shown and "● ollama" in shown and "SIMULATED" in shown, PATIENCE_S
    )
    hydra("-c", sim_config, "sim", "fault", "ollama", "kill")
    session.press("r")
    session.wait_for(lambda shown: "✖ ollama" in shown, PATIENCE_S)
    hydra("-c", sim_config, "sim", "heal")
    session.wait_for(lambda shown: "● ollama" in shown, PATIENCE_S)
    session.press("?")
    session.wait_for(lambda shown: "Ask every node and service now." in shown, PATIENCE_S)
    session.press("q")
    assert session.exit_status(PATIENCE_S) == 0
    assert LEAVING in session.tail
    assert CURSOR_SHOWN in session.tail


def test_a_broken_configuration_is_told_after_the_terminal_is_back(tmp_path: Path, terminal: Opened) -> None:
    path = tmp_path / "config.yaml"
    path.write_text("services:\n  - {name: a, kind: olama, url: 'http://h:1'}\n")
    session = terminal("-c", path)
    assert session.exit_status(PATIENCE_S) == 3
    before, _, after = session.tail.rpartition(LEAVING)
    assert before
    assert b"did you mean `ollama`" in after
    assert b"Traceback" not in session.tail


def test_a_signal_leaves_the_terminal_as_it_was(sim_config: Path, terminal: Opened) -> None:
    session = terminal("-c", sim_config)
    session.wait_for(lambda shown: "RTX 5090" in shown, PATIENCE_S)
    os.kill(session.pid, signal.SIGINT)
    session.exit_status(PATIENCE_S)
    assert LEAVING in session.tail


def test_the_demo_opens_on_a_cluster_of_its_own_and_takes_it_away(terminal: Opened) -> None:
    session = terminal("demo", columns=100, rows=30)
    session.wait_for(lambda shown: "SIMULATED" in shown and "RTX 5090" in shown, PATIENCE_S)
    assert processes("hydra-demo-")
    session.press("q")
    assert session.exit_status(PATIENCE_S) == 0
    assert not processes("hydra-demo-")


def test_a_demo_that_is_killed_outright_leaves_nothing_running(terminal: Opened) -> None:
    session = terminal("demo")
    session.wait_for(lambda shown: "RTX 5090" in shown, PATIENCE_S)
    os.kill(session.pid, signal.SIGKILL)
    until(lambda: not processes("hydra-demo-"))
