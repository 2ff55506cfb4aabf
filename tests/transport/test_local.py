"""Commands on this machine: outcomes, limits, and nothing left running."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest

from hydra_tui.core.errors import CommandMissing, NoAnswer, ReplyTooLarge
from hydra_tui.transport import local
from hydra_tui.transport.completed import Completed
from tests.transport.processes import pids_in, until_gone

SH = "/bin/sh"


async def test_a_command_that_ends_is_completed_whatever_its_status() -> None:
    done = await local.run([SH, "-c", "echo out; echo err >&2; exit 3"], timeout_s=20)
    assert done == Completed(3, "out\n", "err\n")


async def test_a_command_killed_by_a_signal_has_a_negative_status() -> None:
    assert (await local.run([SH, "-c", "kill -9 $$"], timeout_s=20)).exit_status == -9


async def test_bytes_that_are_not_utf8_are_replaced() -> None:
    assert (await local.run(["printf", r"a\377b"], timeout_s=20)).stdout == "a�b"


async def test_nothing_is_read_from_our_input_and_nothing_is_expanded() -> None:
    assert (await local.run(["cat"], timeout_s=20)).stdout == ""
    assert (await local.run(["printf", "%s", "$HOME *"], timeout_s=20)).stdout == "$HOME *"


async def test_a_missing_program_is_named() -> None:
    with pytest.raises(CommandMissing, match="no-such-program is not installed here"):
        await local.run(["no-such-program"], timeout_s=20)


async def test_a_file_that_is_no_program_is_named(tmp_path: Path) -> None:
    page = tmp_path / "page"
    page.write_text("hello")
    with pytest.raises(CommandMissing, match="Permission denied"):
        await local.run([str(page)], timeout_s=20)
    page.chmod(0o700)
    with pytest.raises(CommandMissing, match="Exec format error"):
        await local.run([str(page)], timeout_s=20)


async def test_a_command_that_takes_too_long_is_killed_with_its_children(tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    script = f"sleep 300 & echo $$ $! > {pids}; trap '' TERM; wait"
    with pytest.raises(NoAnswer, match=r"/bin/sh took longer than 1 s"):
        await local.run([SH, "-c", script], timeout_s=1)
    for pid in await pids_in(pids):
        await until_gone(pid)


async def test_a_cancelled_command_is_killed(tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    running = asyncio.ensure_future(local.run([SH, "-c", f"echo $$ > {pids}; sleep 300"], timeout_s=300))
    [pid] = await pids_in(pids)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    await until_gone(pid)


@pytest.mark.parametrize("stream", [1, 2])
async def test_endless_output_ends_at_the_limit(stream: int) -> None:
    with pytest.raises(ReplyTooLarge, match="wrote more than 1000 bytes"):
        await local.run([SH, "-c", f"yes >&{stream}"], timeout_s=20, limit=1000)


async def test_a_program_is_found_on_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tool = tmp_path / "our-tool"
    tool.write_text(f"#!{sys.executable}\nprint('ours')\n")
    tool.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert (await local.run(["our-tool"], timeout_s=20)).stdout == "ours\n"
