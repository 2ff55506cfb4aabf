from __future__ import annotations

import pytest

from hydra_tui.hosts.gpu_blocks import MOST_GPUS, PATIENT_FRAMES, PATIENT_SECONDS, GpuBlocks


def row(index: int, used_mib: int = 0) -> str:
    return f"{index}, GPU-{index}, NVIDIA L40S, 590.44.01, 46068, {used_mib}, 0, 38"


def fed(*lines: str) -> GpuBlocks:
    blocks = GpuBlocks()
    for line in lines:
        blocks.line(line)
    return blocks


def used_mib(blocks: GpuBlocks) -> list[int]:
    return [gpu.vram_used_bytes // 1024**2 for gpu in blocks.gpus if gpu.vram_used_bytes is not None]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], []),
        ([row(0, 1)], [1]),
        ([row(0, 1), row(0, 2)], [2]),
        ([row(0, 1), row(1, 1), row(0, 2)], [1, 1]),
        ([row(0, 1), row(1, 1), row(0, 2), row(1, 2)], [2, 2]),
        ([row(0, 1), row(1, 1), row(0, 2), row(0, 3)], [3]),
    ],
)
def test_the_newest_look_that_lists_every_gpu_is_the_one_shown(lines: list[str], expected: list[int]) -> None:
    assert used_mib(fed(*lines)) == expected


def test_nothing_is_noted_before_the_tool_has_spoken() -> None:
    assert GpuBlocks().note == ""


def test_what_the_tool_says_counts_for_more_than_its_exit_code_and_its_first_sentence_for_most() -> None:
    blocks = fed("Failed to initialize NVML: Driver/library version mismatch", "NVML library version: 595.10")
    assert "mismatch" in blocks.note
    blocks.ended("18")
    assert "mismatch" in blocks.note


def test_each_run_of_the_tool_is_judged_by_itself() -> None:
    blocks = fed("No devices were found")
    blocks.ended("6")
    blocks.ended("127")
    assert blocks.note == "nvidia-smi is not installed"
    blocks.line(row(0))
    assert (len(blocks.gpus), blocks.note) == (1, "")
    blocks.ended("15")
    assert (blocks.gpus, blocks.note) == ((), "a GPU has fallen off the bus: reboot this host")


def test_a_refused_field_is_no_failure() -> None:
    assert fed('Field "fan.speed" is not a valid field to query.').note == ""


def test_a_tool_that_hangs_does_not_leave_its_last_reading_on_show() -> None:
    blocks = fed(row(0))
    for frame in range(PATIENT_FRAMES + 1):
        blocks.frame_ended(at=float(frame))
        assert blocks.gpus
    blocks.frame_ended(at=PATIENT_SECONDS + 1)
    assert (blocks.gpus, blocks.note) == ((), "nvidia-smi no longer answers")


def test_a_slow_tool_is_waited_for_as_many_frames_as_a_fast_one() -> None:
    blocks = fed(row(0))
    for minutes in range(PATIENT_FRAMES):
        blocks.frame_ended(at=minutes * 60.0)
    assert blocks.gpus


def test_no_host_can_make_us_remember_gpus_without_end() -> None:
    assert len(fed(*(row(index) for index in range(10 * MOST_GPUS))).gpus) == MOST_GPUS
