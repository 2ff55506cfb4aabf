from __future__ import annotations

import math
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hydra_tui.core.gpu import Gpu
from hydra_tui.core.host import Disk, HostCounters
from hydra_tui.core.processes import GpuProcess, Keeper
from hydra_tui.core.text import inert
from hydra_tui.hosts.frames import LONGEST_LINE, FrameParser
from hydra_tui.hosts.process_blocks import MOST_PROCESSES
from hydra_tui.hosts.script import MARK

GPU = "gpu 0, GPU-1, NVIDIA L40S, 590.44.01, 46068, 500, 3, 38, 35.1, 350.00, 210, 405, [N/A]"
DF = (
    "df Filesystem 1-blocks Used Available Capacity Mounted on",
    "df /dev/sda1 1000 600 300 67% /",
    "df-end",
)
APPS = (
    "app GPU-1, 4211, /usr/local/bin/ollama, 8123",
    "app-user 4211 ollama",
    "app-cgroup 4211 0::/system.slice/ollama.service",
    "app-cmd 4211 /usr/local/bin/ollama runner --port 41234 ",
    "app GPU-1, 977, [Not Found], [N/A]",
    "app-end 0",
)
FRAME = (
    "stat cpu 100 10 50 800 30 5 5 0 20 0",
    "mem MemTotal: 1000 kB",
    "mem MemAvailable: 400 kB",
    "mem SwapTotal: 0 kB",
    "mem SwapFree: 0 kB",
    "load 0.20 0.18 0.12 1/80 11206",
    "up 350735.47 234388.90",
    "net eth0: 1296 24 0 0 0 0 0 0 880 21 0 0 0 0 0 0",
)


def frame(number: int, *sections: str) -> tuple[str, ...]:
    return (f"tick {number}", *sections, f"end {number}")


def told(*sections: str, parser: FrameParser | None = None) -> list[HostCounters]:
    """The counters that come out when these sections go in, each as a line of the loop."""
    parser = parser or FrameParser(now=lambda: 7.0)
    return [counters for section in sections if (counters := parser.feed(f"{MARK}{section}\n"))]


def test_a_whole_frame_becomes_counters() -> None:
    assert told("cores 2", "kernel 6.1.0-18-amd64", GPU, *DF, *frame(1, *FRAME)) == [
        HostCounters(
            at=7.0,
            cpu_busy_jiffies=170,
            cpu_total_jiffies=1000,
            cores=2,
            load_1m=0.20,
            load_5m=0.18,
            load_15m=0.12,
            memory_total_bytes=1000 * 1024,
            memory_available_bytes=400 * 1024,
            swap_total_bytes=0,
            swap_free_bytes=0,
            received_bytes=1296,
            sent_bytes=880,
            uptime_s=350735.47,
            kernel="6.1.0-18-amd64",
            disks=(Disk("/dev/sda1", "/", 1000, 600, 300),),
            gpus=(
                Gpu(
                    index=0,
                    uuid="GPU-1",
                    name="NVIDIA L40S",
                    vram_total_bytes=46068 * 1024**2,
                    vram_used_bytes=500 * 1024**2,
                    utilisation_percent=3.0,
                    temperature_c=38.0,
                    power_w=35.1,
                    power_limit_w=350.0,
                    sm_clock_mhz=210.0,
                    memory_clock_mhz=405.0,
                    driver="590.44.01",
                ),
            ),
        )
    ]


def test_a_host_shows_what_it_has() -> None:
    assert told(*frame(1, "load 0.20 0.18 0.12 1/80 1")) == [
        HostCounters(at=7.0, load_1m=0.20, load_5m=0.18, load_15m=0.12)
    ]


def test_what_is_told_seldom_holds_from_frame_to_frame() -> None:
    first, second = told(
        'os "Debian GNU/Linux 12 (bookworm)"',
        "temp 54500",
        "arc size 3000",
        "arc c_min 1000",
        "cuda CUDA UMD Version                  : 13.3",
        GPU,
        *frame(1, *FRAME),
        *frame(2),
    )
    for counters in (first, second):
        assert (counters.os, counters.temperature_c) == ("Debian GNU/Linux 12 (bookworm)", 54.5)
        assert counters.zfs_cache_bytes == 2000
        assert [gpu.cuda for gpu in counters.gpus] == ["13.3"]
    assert first.memory_used_bytes == 600 * 1024 - 2000


def test_a_list_of_processes_becomes_values_and_says_of_whom_nothing_could_be_read() -> None:
    (counters,) = told(*APPS, *frame(1))
    assert counters.gpu_processes == (
        GpuProcess(
            *("GPU-1", 4211, "/usr/local/bin/ollama", 8123 * 1024**2, True, "ollama"),
            "/usr/local/bin/ollama runner --port 41234",
            Keeper("ollama.service"),
        ),
        GpuProcess("GPU-1", 977),
    )


def test_a_list_of_processes_counts_when_it_is_complete_and_holds_until_the_next() -> None:
    first, second, third = told(*frame(1), *APPS[:-1], *frame(2), "app-end 0", *frame(3))
    assert (first.gpu_processes, second.gpu_processes) == (None, None)
    assert third.gpu_processes
    parser = FrameParser(now=lambda: 7.0)
    told(*APPS, parser=parser)
    (during,) = told("app GPU-1, 1, x, 1", *frame(1), parser=parser)
    (after,) = told("app-end 0", *frame(2), parser=parser)
    assert [each.pid for each in during.gpu_processes or ()] == [4211, 977]
    assert [each.pid for each in after.gpu_processes or ()] == [1]


def test_no_process_is_not_the_same_as_not_known() -> None:
    (none,) = told("app-end 0", *frame(1))
    assert (none.gpu_processes, none.gpu_process_note) == ((), "")
    (killed,) = told("app-end 137", *frame(1))
    assert (killed.gpu_processes, killed.gpu_process_note) == (None, "nvidia-smi ended with code 137")
    (lost,) = told("app Failed to initialize NVML: Driver/library version mismatch", "app-end 18", *frame(1))
    assert lost.gpu_processes is None
    assert "reboot" in lost.gpu_process_note


def test_no_host_can_make_us_remember_processes_without_end() -> None:
    parser = FrameParser(now=lambda: 7.0)
    for pid in range(3 * MOST_PROCESSES):
        told(f"app GPU-1, {pid}, x, 1", f"app-user {pid} u", parser=parser)
    for _ in range(1000):
        told("app-cgroup 1 0::/x.service", parser=parser)
    (counters,) = told("app-end 0", *frame(1), parser=parser)
    assert len(counters.gpu_processes or ()) == MOST_PROCESSES


def test_disks_and_gpus_hold_from_frame_to_frame() -> None:
    first, second = told("cores 4", *DF, GPU, *frame(1), *frame(2))
    assert (first.disks, first.gpus, first.cores) == (second.disks, second.gpus, second.cores)
    assert second.disks
    assert second.gpus


def test_lines_of_helpers_may_stand_between_those_of_a_frame() -> None:
    (apart,) = told(GPU, *DF, "cores 2", *frame(1, *FRAME))
    (mixed,) = told(
        "tick 1", *FRAME[:3], DF[0], GPU, *FRAME[3:6], DF[1], "cores 2", *FRAME[6:], DF[2], "end 1"
    )
    assert mixed == apart


def test_a_second_table_before_the_end_replaces_the_first() -> None:
    kib = ("df Filesystem 1024-blocks Used Available Capacity Mounted on", "df /dev/sdb1 2 1 1 50% /")
    (counters,) = told(*DF[:2], *kib, "df-end", *frame(1))
    assert counters.disks == (Disk("/dev/sdb1", "/", 2048, 1024, 1024),)


def test_a_look_at_disks_that_failed_keeps_the_last_one() -> None:
    (counters,) = told(*DF, "df-end", *frame(1))
    assert counters.disks


def test_the_end_of_the_tool_is_noted() -> None:
    (counters,) = told("gpu-end 127", *frame(1))
    assert counters.gpu_note == "nvidia-smi is not installed"


@pytest.mark.parametrize(
    "sections",
    [
        ("end 1",),
        ("tick 1", "end 2"),
        ("tick 1", "tick 2", "end 1"),
        ("tick", "end"),
        ("tick 1", "stat cpu 1 2 3 4"),
    ],
)
def test_a_torn_frame_is_no_frame(sections: tuple[str, ...]) -> None:
    assert told(*sections) == []


def test_a_frame_that_was_cut_off_leaves_nothing_in_the_next() -> None:
    (counters,) = told("tick 1", *FRAME, *frame(2))
    assert counters == HostCounters(at=7.0)


def test_noise_of_start_files_is_passed_over() -> None:
    parser = FrameParser(now=lambda: 7.0)
    for noise in (
        "Welcome to Debian!",
        "",
        "\x1b[31m",
        "x" * 3_000_000,
        f" {MARK}tick 9",
        f"{MARK}",
        f"{MARK}what is",
    ):
        assert parser.feed(noise) is None
    assert len(told(*frame(1), parser=parser)) == 1


def test_neither_long_lines_nor_many_lines_grow_what_is_remembered() -> None:
    parser = FrameParser(now=lambda: 7.0)
    told("tick 1", parser=parser)
    for _ in range(2_000):
        told("net eth0: 1 1 0 0 0 0 0 0 1 1 0 0 0 0 0 0", "df /dev/sda1 1 1 1 1% /", parser=parser)
    told("net " + "x" * LONGEST_LINE, parser=parser)
    (counters,) = told("end 1", parser=parser)
    assert counters.received_bytes is not None
    assert counters.received_bytes < 2_000


SECTIONS = (
    "cores",
    "kernel",
    "tick",
    "end",
    "stat",
    "mem",
    "load",
    "up",
    "net",
    "df",
    "df-end",
    "gpu",
    "gpu-end",
    "os",
    "temp",
    "arc",
    "cuda",
    "app",
    "app-user",
    "app-cmd",
    "app-cgroup",
    "app-end",
)
ANYTHING = st.one_of(
    st.sampled_from([*FRAME, *DF, *APPS, GPU, "tick 1", "end 1"]),
    st.builds(lambda section, text: f"{section} {text}", st.sampled_from(SECTIONS), st.text(max_size=60)),
    st.builds(
        lambda section, numbers: f"{section} {' '.join(map(str, numbers))}",
        st.sampled_from(SECTIONS),
        st.lists(st.one_of(st.integers(), st.floats()), max_size=20),
    ),
)


@given(st.lists(st.one_of(ANYTHING, st.text(max_size=60)), max_size=40))
def test_whatever_a_host_prints_the_parser_neither_raises_nor_invents_types(sections: list[str]) -> None:
    for counters in told(*sections, *frame(1)):
        assert_plain(counters)


def assert_plain(counters: HostCounters) -> None:
    for name in (field.name for field in fields(HostCounters)):
        value = getattr(counters, name)
        if name in ("disks", "gpus", "gpu_processes"):
            assert isinstance(value, tuple) or (name == "gpu_processes" and value is None)
        elif name in ("kernel", "os", "gpu_note", "gpu_process_note"):
            assert value is None or (isinstance(value, str) and inert(value) == value)
        else:
            assert value is None or (type(value) in (int, float) and math.isfinite(value) and value >= 0)
