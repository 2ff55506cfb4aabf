"""The loop as nodes run it: by dash, bash and BusyBox, beside an `nvidia-smi` of ours."""

from __future__ import annotations

import os
import pwd
import shlex
import shutil
import signal
import subprocess
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

import pytest

from hydra_tui.core.host import HostCounters
from hydra_tui.core.throttle import Throttle
from hydra_tui.hosts import cgroup
from hydra_tui.hosts.frames import FrameParser
from hydra_tui.hosts.script import sampling_command
from tests.hosts.family import MARK, family, wait_until
from tests.real.conftest import missing

INTERVAL_S = 0.1

SHELLS = {"dash": "dash", "bash": "bash", "bash as sh": "bash --posix", "BusyBox": "busybox sh"}

ROW = "0, GPU-1, NVIDIA L40S, 590.44.01, 46068, 500, 3, 38"
FULL_ROW = f"{ROW}, 35.1, 350.00, 210, 405, [N/A]"
NEW_ROW = f"{FULL_ROW}, 5, 600, P2, 0x0000000000000024, 1, 4, 8, 16, 2, Disabled"

NOT_ASKED = "case $1 in -q|--query-compute*) exit 0;; esac"
LOOPING = f"""
{NOT_ASKED}
while :; do echo '{FULL_ROW}'; sleep 0.05; done
"""
SILENT = f"""
{NOT_ASKED}
echo '{FULL_ROW}'; exec sleep 1000
"""
NO_DRIVER = """
echo "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver."; echo; exit 9
"""
REFUSING_A_FIELD = f"""
{NOT_ASKED}
case $1 in *fan.speed*) echo 'Field "fan.speed" is not a valid field to query.'; exit 2;; esac
while :; do echo '{ROW}'; sleep 0.05; done
"""
OLD_DRIVER = f"""
case $1 in -q) exit 0;; *event_reasons*) echo 'Field "x" is not a valid field to query.'; exit 2;; esac
case $1 in *throttle_reasons*) while :; do echo '{NEW_ROW}'; sleep 0.05; done;; esac
"""
WITH_PROCESSES = f"""
case $1 in
  -q) echo; echo 'CUDA Version                      : 13.3 [Deprecated]'; echo 'Attached GPUs : 1'; exit 0;;
  --query-compute*)
    echo "GPU-1, $HYDRA_TEST_PID, /usr/bin/python3, 812"; echo 'GPU-1, 999999999, [Not Found], [N/A]'
    exit 0;;
esac
while :; do echo '{FULL_ROW}'; sleep 0.05; done
"""
APPS_THAT_FAIL = f"""
case $1 in -q) exit 0;; --query-compute*) echo 'Unable to determine: GPU is lost.'; exit 15;; esac
while :; do echo '{FULL_ROW}'; sleep 0.05; done
"""
DYING = f"""
{NOT_ASKED}
echo '{FULL_ROW}'; exit 15
"""

TOOLS = {"looping": LOOPING, "silent": SILENT, "no driver": NO_DRIVER, "with processes": WITH_PROCESSES}

DF_THAT_HANGS = """
exec sleep 1000
"""
DF_WITHOUT_BYTES = """
case "$*" in *-B1*) echo "df: invalid option -- B" >&2; exit 1;; esac
echo 'Filesystem 1024-blocks Used Available Capacity Mounted on'
echo '/dev/root 30221312 6124544 22538432 21% /'
"""
SLEEP_OF_WHOLE_SECONDS = """
case $1 in *.*) echo "sleep: invalid number '$1'" >&2; exit 1;; esac
exec /bin/sleep "$1"
"""


class Loop:
    """The sampling loop in one shell, and everything that it started."""

    def __init__(self, shell: str, path: str, *, ignore_broken_pipes: bool = False) -> None:
        self.name = uuid.uuid4().hex
        command = sampling_command(INTERVAL_S).replace("/bin/sh", shell, 1)
        self.process = subprocess.Popen(
            [*shlex.split(shell), "-c", command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, "PATH": path, MARK: self.name, "HYDRA_TEST_PID": str(os.getpid())},
            restore_signals=not ignore_broken_pipes,
        )
        self._parser = FrameParser()

    @property
    def out(self) -> IO[str]:
        assert self.process.stdout
        return self.process.stdout

    def family(self) -> dict[int, str]:
        return family(self.name)

    def until(self, holds: Callable[[HostCounters], object], frames: int = 200) -> HostCounters:
        """The first counters of which it holds."""
        last = None
        for line in self.out:
            if last := self._parser.feed(line):
                frames -= 1
                if holds(last) or not frames:
                    break
        assert last
        assert holds(last), last
        return last


Start = Callable[..., Loop]


@pytest.fixture(params=list(SHELLS.values()), ids=list(SHELLS))
def shell(request: pytest.FixtureRequest) -> str:
    shell = str(request.param)
    if shutil.which(shell.split()[0]) is None:
        missing(shell)
    return shell


@pytest.fixture
def start(tmp_path: Path, shell: str) -> Iterator[Start]:
    """Starts the loop with such texts as tools, first on the path; ends what is left of it."""
    loops: list[Loop] = []

    def start(*, ignore_broken_pipes: bool = False, **tools: str) -> Loop:
        for name, text in tools.items():
            tool = tmp_path / name.replace("_", "-")
            tool.write_text(f"#!/bin/sh{text}")
            tool.chmod(0o755)
        path = f"{tmp_path}:{os.environ['PATH']}"
        loops.append(Loop(shell, path, ignore_broken_pipes=ignore_broken_pipes))
        return loops[-1]

    yield start
    for loop in loops:
        for pid in loop.family():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        loop.process.wait()
        loop.out.close()


def test_it_counts_what_this_machine_counts(start: Start) -> None:
    counters = start().until(lambda counters: counters.disks)
    memory = dict(line.split(":") for line in Path("/proc/meminfo").read_text().splitlines())
    root = shutil.disk_usage("/")
    assert counters.memory_total_bytes == int(memory["MemTotal"].split()[0]) * 1024
    assert counters.cores == os.cpu_count()
    assert counters.kernel == os.uname().release
    assert counters.uptime_s == pytest.approx(time.clock_gettime(time.CLOCK_BOOTTIME), abs=30)
    assert counters.load_1m is not None
    assert {disk.mount: disk for disk in counters.disks}["/"].size_bytes == root.total
    assert {disk.mount: disk for disk in counters.disks}["/"].used_bytes == pytest.approx(root.used, rel=0.2)
    assert counters.cpu_total_jiffies == pytest.approx(_jiffies(), rel=0.05)
    assert counters.gpu_note == "nvidia-smi is not installed"


def _jiffies() -> int:
    return sum(map(int, Path("/proc/stat").read_text().splitlines()[0].split()[1:9]))


def test_the_kernel_counts_on_from_frame_to_frame(start: Start) -> None:
    loop = start()
    first = loop.until(lambda counters: counters.cpu_total_jiffies)
    assert first.cpu_total_jiffies is not None
    before = first.cpu_total_jiffies
    loop.until(lambda counters: counters.cpu_total_jiffies and counters.cpu_total_jiffies > before)


def test_it_reports_gpus_beside_its_frames(start: Start) -> None:
    (gpu,) = start(nvidia_smi=LOOPING).until(lambda counters: counters.gpus).gpus
    assert (gpu.name, gpu.power_w, gpu.fan_percent) == ("NVIDIA L40S", 35.1, None)


def test_a_driver_that_refuses_a_field_is_asked_for_fewer(start: Start) -> None:
    (gpu,) = start(nvidia_smi=REFUSING_A_FIELD).until(lambda counters: counters.gpus).gpus
    assert (gpu.name, gpu.temperature_c, gpu.power_w) == ("NVIDIA L40S", 38, None)


def test_a_driver_before_535_is_asked_for_the_reasons_by_their_first_name(start: Start) -> None:
    (gpu,) = start(nvidia_smi=OLD_DRIVER).until(lambda counters: counters.gpus).gpus
    assert gpu.throttles == (Throttle.POWER_CAP, Throttle.SOFTWARE_THERMAL)
    assert (gpu.pcie_generation, gpu.pcie_width_max, gpu.ecc_uncorrected, gpu.mig) == (1, 16, 2, False)


def test_it_tells_who_holds_memory_and_whose_processes_hide(start: Start) -> None:
    counters = start(nvidia_smi=WITH_PROCESSES).until(
        lambda counters: counters.gpu_processes and counters.gpus and counters.gpus[0].cuda
    )
    assert counters.gpus[0].cuda == "13.3"
    (own, other) = counters.gpu_processes or ()
    assert (own.pid, own.vram_bytes, own.readable) == (os.getpid(), 812 * 1024**2, True)
    assert own.user == pwd.getpwuid(os.getuid()).pw_name
    assert "pytest" in (own.command or "")
    assert own.keeper == cgroup.keeper(Path("/proc/self/cgroup").read_text().splitlines())
    assert (other.pid, other.vram_bytes, other.readable, other.user) == (999999999, None, False, None)


def test_a_list_of_processes_that_failed_is_not_taken_for_an_empty_one(start: Start) -> None:
    counters = start(nvidia_smi=APPS_THAT_FAIL).until(lambda counters: counters.gpu_process_note)
    assert counters.gpu_processes is None
    assert counters.gpu_process_note == "a GPU has fallen off the bus: reboot this host"


def test_it_names_its_system(start: Start) -> None:
    lines = dict(line.partition("=")[::2] for line in Path("/etc/os-release").read_text().splitlines())
    counters = start().until(lambda counters: counters.os)
    assert counters.os == lines["PRETTY_NAME"].strip('"')


def test_a_driver_that_is_not_loaded_is_noted_while_the_frames_go_on(start: Start) -> None:
    counters = start(nvidia_smi=NO_DRIVER).until(lambda counters: counters.gpu_note)
    assert counters.gpu_note == "couldn't communicate with the NVIDIA driver: it is not loaded"


def test_a_tool_that_dies_takes_its_last_reading_along(start: Start) -> None:
    counters = start(nvidia_smi=DYING).until(lambda counters: counters.gpu_note)
    assert (counters.gpus, counters.gpu_note) == ((), "a GPU has fallen off the bus: reboot this host")


def test_disks_that_hang_do_not_hold_the_frames(start: Start) -> None:
    loop = start(df=DF_THAT_HANGS)
    for _ in range(3):
        assert loop.until(lambda counters: counters.memory_total_bytes).disks == ()


def test_a_df_that_knows_no_bytes_is_asked_for_kib(start: Start) -> None:
    (disk,) = start(df=DF_WITHOUT_BYTES).until(lambda counters: counters.disks).disks
    assert (disk.device, disk.size_bytes) == ("/dev/root", 30221312 * 1024)


def test_a_sleep_that_knows_no_fractions_does_not_make_the_loop_spin(start: Start) -> None:
    loop = start(sleep=SLEEP_OF_WHOLE_SECONDS)
    loop.until(lambda counters: counters.uptime_s)
    before = time.monotonic()
    loop.until(lambda counters: counters.uptime_s)
    assert time.monotonic() - before > 0.5


@pytest.mark.parametrize("nvidia_smi", TOOLS.values(), ids=TOOLS)
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_everything(start: Start, nvidia_smi: str, number: signal.Signals) -> None:
    loop = start(nvidia_smi=nvidia_smi)
    loop.until(lambda counters: counters.gpus or counters.gpu_note)
    loop.process.send_signal(number)
    assert wait_until(lambda: not loop.family()), loop.family()


@pytest.mark.parametrize("nvidia_smi", TOOLS.values(), ids=TOOLS)
@pytest.mark.parametrize("ignore", [False, True], ids=["SIGPIPE kills", "SIGPIPE is ignored"])
def test_a_reader_that_goes_away_ends_everything(start: Start, nvidia_smi: str, ignore: bool) -> None:
    loop = start(nvidia_smi=nvidia_smi, ignore_broken_pipes=ignore)
    loop.until(lambda counters: counters.gpus or counters.gpu_note)
    loop.out.close()
    assert wait_until(lambda: not loop.family()), loop.family()


def test_killed_outright_it_leaves_nothing_behind_while_its_reader_stays(start: Start) -> None:
    loop = start(nvidia_smi=LOOPING)
    loop.until(lambda counters: counters.gpus)
    loop.process.kill()
    loop.process.wait()
    assert wait_until(lambda: not loop.family()), loop.family()
