from __future__ import annotations

import shlex
import shutil
import subprocess

import pytest

from hydra_tui.hosts.nvidia_smi import QUERIES
from hydra_tui.hosts.script import MARK, is_sampling_command, sampling_command
from tests.real.conftest import missing


@pytest.mark.parametrize("interval_s", [0.05, 0.5, 1.0, 2.0, 2.5, 30.0, 3600.0])
def test_the_command_is_known_again_with_its_interval_also_when_it_is_wrapped(interval_s: float) -> None:
    command = sampling_command(interval_s)
    wrapped = f"exec 3<&0; sh -c {shlex.quote(command)} & p=$!; wait $p"
    assert is_sampling_command(command) == interval_s
    assert is_sampling_command(wrapped) == interval_s


@pytest.mark.parametrize("command", ["", "journalctl -f", "hydra-sampling", "hydra-sampling x ", "docker ps"])
def test_other_commands_are_not_taken_for_it(command: str) -> None:
    assert is_sampling_command(command) is None


@pytest.mark.parametrize("interval_s", [0.0, -1.0, float("nan"), float("inf"), 1e6])
def test_an_interval_that_makes_no_sense_is_refused(interval_s: float) -> None:
    with pytest.raises(ValueError, match="out of range"):
        sampling_command(interval_s)


def test_the_command_is_one_word_list_for_a_login_shell_without_comments_and_with_every_blank_filled() -> (
    None
):
    _, shell, option, script, *arguments = shlex.split(sampling_command(2.0))
    assert (shell, option, arguments) == (
        "/bin/sh",
        "-c",
        ["hydra-sampling", "2", "15", "2", "2000", "1", "5"],
    )
    assert "# " not in script
    assert not any(blank in script for blank in ("QUERIES", "APPS", "VIRTUAL"))
    assert script.count("@") == script.count(MARK)
    assert f"for fields in {' '.join(map(','.join, QUERIES))}; do" in script
    assert "--query-compute-apps=gpu_uuid,pid,process_name,used_memory " in script


@pytest.mark.parametrize("shell", [["dash"], ["bash", "--posix"], ["bash"], ["busybox", "sh"]], ids=" ".join)
def test_every_shell_understands_its_grammar(shell: list[str]) -> None:
    if shutil.which(shell[0]) is None:
        missing(shell[0])
    script = shlex.split(sampling_command(2.0))[3]
    checked = subprocess.run(
        [*shell, "-n"], input=script, capture_output=True, text=True, timeout=20, check=False
    )
    assert (checked.returncode, checked.stderr) == (0, "")
