"""Secrets out of references."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hydra_tui.config.secrets import resolve
from hydra_tui.core.errors import SecretError

PYTHON = sys.executable


def _script(folder: Path, code: str) -> str:
    path = folder / "secret.py"
    path.write_text(code)
    return f"cmd:{PYTHON} {path}"


def _refusal(reference: str, timeout_s: float = 10.0) -> str:
    with pytest.raises(SecretError) as refused:
        resolve(reference, timeout_s)
    return str(refused.value)


def test_a_variable_gives_its_value_without_white_space(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEY", " hunter2\n")
    assert resolve("env:KEY") == "hunter2"


def test_a_missing_variable_is_named() -> None:
    assert _refusal("env:NOT_THERE") == (
        "`env:NOT_THERE`: the variable is not set; export NOT_THERE before the start"
    )


def test_an_empty_variable_is_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEY", "  ")
    assert _refusal("env:KEY") == "`env:KEY`: it is empty; store the secret there"


@pytest.mark.parametrize("value", ["two\nlines", "bell\a", "\udcff"])
def test_a_value_that_would_break_a_header_is_refused_unseen(
    value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEY", f"hunter2{value}x")
    said = _refusal("env:KEY")
    assert said == "`env:KEY`: it is more than one line of text; store only the secret there"


def test_a_file_gives_its_content(clean_home: Path) -> None:
    (clean_home / "key").write_text("hunter2\n")
    (clean_home / "key").chmod(0o644)
    assert resolve("file:~/key") == "hunter2"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "it is empty"),
        (b"\xff\xfe", "it gives bytes that are not UTF-8 text"),
        (b"a\nb", "it is more than one line of text"),
        (b"x" * 70_000, "it holds more than a secret can be"),
    ],
)
def test_a_file_that_holds_no_secret_says_why(clean_home: Path, content: bytes, why: str) -> None:
    (clean_home / "key").write_bytes(content)
    assert _refusal("file:~/key").startswith(f"`file:~/key`: {why}; ")


def test_a_missing_file_is_named() -> None:
    assert _refusal("file:/nowhere/key") == (
        "`file:/nowhere/key`: the file cannot be read (No such file or directory); "
        "create /nowhere/key, or make it readable for you"
    )


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "it is not a file" in _refusal(f"file:{tmp_path}/pipe")


def test_a_command_gives_what_it_prints(tmp_path: Path) -> None:
    assert resolve(_script(tmp_path, "print('hunter2')")) == "hunter2"


def test_a_command_is_split_but_never_given_to_a_shell(tmp_path: Path) -> None:
    reference = _script(tmp_path, "import sys; print(*sys.argv[1:], sep='|')")
    assert resolve(f"{reference} 'a b' $HOME ; echo") == "a b|$HOME|;|echo"


def test_a_command_finds_its_stdin_closed_and_no_terminal(tmp_path: Path) -> None:
    code = "import os, sys; print(repr(sys.stdin.read()), os.getsid(0) == os.getpid())"
    assert resolve(_script(tmp_path, code)) == "'' True"


def test_a_command_that_is_not_there_is_named() -> None:
    assert _refusal("cmd:no-such-program --x") == (
        "`cmd:no-such-program --x`: `no-such-program` cannot be started: No such file or directory"
    )


def test_a_failing_command_tells_its_status_and_none_of_its_words(tmp_path: Path) -> None:
    reference = _script(
        tmp_path, "import sys; print('hunter2'); print('hunter2', file=sys.stderr); sys.exit(3)"
    )
    assert _refusal(reference) == f"`{reference}`: it ended with status 3; run it in a shell to see why"


@pytest.mark.parametrize(
    "code",
    [
        "import time; time.sleep(60)",
        "import os, time; os.close(1); time.sleep(60)",
        "import subprocess; subprocess.Popen(['sleep', '60'])",
        "import subprocess; subprocess.Popen(['sleep', '3'], start_new_session=True)",
    ],
    ids=["hangs", "hangs after its output", "leaves a child", "leaves a child in its own session"],
)
def test_a_command_that_does_not_end_is_ended(tmp_path: Path, code: str) -> None:
    reference = _script(tmp_path, code)
    assert _refusal(reference, timeout_s=0.5) == f"`{reference}`: it did not finish within 0.5 s"


def test_a_command_that_never_stops_printing_is_cut_off(tmp_path: Path) -> None:
    code = "import sys\nwhile True: sys.stdout.write('x' * 65536)"
    assert "it printed more than a secret can be" in _refusal(_script(tmp_path, code))


def _keyring(monkeypatch: pytest.MonkeyPatch, answer: object) -> None:
    def get_password(service: str, name: str) -> object:
        assert (service, name) == ("https://hydra", "litellm")
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setitem(sys.modules, "keyring", SimpleNamespace(get_password=get_password))


def test_the_keyring_gives_what_is_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    _keyring(monkeypatch, "hunter2")
    assert resolve("keyring:https://hydra/litellm") == "hunter2"


def test_a_keyring_without_the_entry_says_how_to_store_it(monkeypatch: pytest.MonkeyPatch) -> None:
    _keyring(monkeypatch, None)
    assert _refusal("keyring:https://hydra/litellm") == (
        "`keyring:https://hydra/litellm`: the keyring has no such entry; "
        "store it: keyring set https://hydra litellm"
    )


def test_a_keyring_that_fails_is_named_by_its_error_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    _keyring(monkeypatch, RuntimeError("hunter2"))
    assert _refusal("keyring:https://hydra/litellm") == (
        "`keyring:https://hydra/litellm`: the keyring cannot be asked (RuntimeError); "
        "unlock it, or use env: or file:"
    )


def test_a_locked_keyring_is_not_waited_for_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    from threading import Event

    release = Event()
    monkeypatch.setitem(
        sys.modules, "keyring", SimpleNamespace(get_password=lambda service, name: release.wait(30))
    )
    try:
        said = _refusal("keyring:a/b", timeout_s=0.05)
    finally:
        release.set()
    assert said == "`keyring:a/b`: the keyring did not answer in time; unlock it first"


def test_without_the_extra_the_way_to_install_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert _refusal("keyring:a/b") == (
        "`keyring:a/b`: the keyring library is missing; install it: pip install 'hydra-tui[keyring]'"
    )


@given(st.text(max_size=30))
def test_a_literal_secret_is_refused_and_never_repeated(rest: str) -> None:
    said = _refusal(f"hunter2{rest}")
    assert "hunter2" not in said
    assert "`env:NAME`, `file:PATH`, `cmd:COMMAND` or `keyring:SERVICE/NAME`" in said
