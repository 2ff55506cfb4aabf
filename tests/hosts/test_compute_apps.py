from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hydra_tui.core.processes import GpuProcess
from hydra_tui.core.text import inert
from hydra_tui.hosts import command_line, compute_apps

MIB = 1024 * 1024


@pytest.mark.parametrize(
    ("line", "process"),
    [
        ("GPU-1, 4211, /usr/bin/ollama, 8123", GpuProcess("GPU-1", 4211, "/usr/bin/ollama", 8123 * MIB)),
        ("GPU-1, 7, C:\\a, b, c.exe, 12", GpuProcess("GPU-1", 7, "C:\\a, b, c.exe", 12 * MIB)),
        ("GPU-1, 7, python, [N/A]", GpuProcess("GPU-1", 7, "python")),
        ("GPU-1, 7, [Not Found], 0", GpuProcess("GPU-1", 7, None, 0)),
        ("GPU-1, 7, -, 5", GpuProcess("GPU-1", 7, None, 5 * MIB)),
        ("GPU-1, 7, ev\x1b[31mil, 5", GpuProcess("GPU-1", 7, "ev\\x1b[31mil", 5 * MIB)),
        ("GPU-1, [Insufficient Permissions], [Insufficient Permissions], [Insufficient Permissions]", None),
        ("gpu_uuid, pid, process_name, used_gpu_memory [MiB]", None),
        ("GPU-1, 7", None),
        ("No running processes found", None),
        ("", None),
    ],
)
def test_a_row_is_read_from_both_its_ends(line: str, process: GpuProcess | None) -> None:
    assert compute_apps.parse(line) == process


@given(st.lists(st.text(max_size=10), max_size=8).map(", ".join))
def test_no_row_raises_or_reaches_a_screen_with_controls(line: str) -> None:
    for text in (line, f"GPU-1, 7, {line}, 5"):
        process = compute_apps.parse(text)
        assert process is None or inert(process.name or "") == (process.name or "")


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        ("/usr/bin/ollama\0runner\0--port\0" + "41234\0", "/usr/bin/ollama runner --port 41234"),
        ("vllm serve --api-key sk-abc --max-tokens 4096", "vllm serve --api-key *** --max-tokens 4096"),
        ("llama-server --api-key=sk-abc -m x", "llama-server --api-key=*** -m x"),
        ("env HF_TOKEN=hf_abc python main.py", "env HF_TOKEN=*** python main.py"),
        ("x --hf-token  hf_abc --DB_PASSWORD=p", "x --hf-token  *** --DB_PASSWORD=***"),
        ("x --no-token --ssl-keyfile /etc/key.pem", "x --no-token --ssl-keyfile /etc/key.pem"),
        ("x --db postgres://me:hunter2@db/x", "x --db postgres://me:***@db/x"),
        ("", None),
        ("\0\0", None),
        ("a\nb\x1b]0;evil\x07", "a b\\x1b]0;evil\\x07"),
    ],
)
def test_a_command_line_is_shown_inert_and_without_secrets(command: str, shown: str | None) -> None:
    assert command_line.shown(command) == shown


@given(st.text(max_size=2000))
def test_a_command_line_is_short_whatever_it_holds(command: str) -> None:
    shown = command_line.shown(command)
    assert shown is None or (len(shown) <= command_line.SHOWN and inert(shown) == shown)
