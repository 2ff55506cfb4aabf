"""The output of a command that prints a secret."""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import time
from collections.abc import Sequence
from typing import IO

LARGEST_SECRET_BYTES = 65_536


class CommandFailedError(Exception):
    """The command gave nothing to use; the message says why and holds none of its output."""


def run_command(argv: Sequence[str], timeout_s: float) -> bytes:
    """What `argv` writes to stdout, without a shell, its stdin closed and its stderr thrown away.

    It runs in a session of its own: it can neither draw on our terminal nor outlive the limit.
    """
    deadline = time.monotonic() + timeout_s
    try:
        process = subprocess.Popen(  # noqa: S603 - the operator's own command, split without a shell
            argv,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise CommandFailedError(f"`{argv[0]}` cannot be started: {error.strerror}") from None
    with process:
        try:
            return _outcome(process, deadline)
        except TimeoutError:
            raise CommandFailedError(f"it did not finish within {timeout_s:g} s") from None
        finally:
            _end(process)


def _outcome(process: subprocess.Popen[bytes], deadline: float) -> bytes:
    assert process.stdout is not None
    output = _read(process.stdout, deadline)
    if len(output) > LARGEST_SECRET_BYTES:
        raise CommandFailedError("it printed more than a secret can be")
    try:
        status = process.wait(max(0.0, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        raise TimeoutError from None
    if status:
        raise CommandFailedError(f"it ended with status {status}; run it in a shell to see why")
    return output


def _read(stream: IO[bytes], deadline: float) -> bytes:
    output = b""
    with selectors.DefaultSelector() as selector:
        selector.register(stream, selectors.EVENT_READ)
        while len(output) <= LARGEST_SECRET_BYTES:
            if not selector.select(max(0.0, deadline - time.monotonic())):
                raise TimeoutError
            chunk = os.read(stream.fileno(), LARGEST_SECRET_BYTES)
            if not chunk:
                break
            output += chunk
    return output


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a session that is past its limits.

    Only while its leader is not reaped: until then nobody else can have been given its number.
    """
    if process.returncode is None:
        os.killpg(process.pid, signal.SIGKILL)
