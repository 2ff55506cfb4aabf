from __future__ import annotations

import pytest

from hydra_tui.core.gpu import Gpu
from hydra_tui.hosts import nvidia_smi

MIB = 1024 * 1024
UUID = "GPU-00000000-1111-2222-3333-444444444444"


@pytest.mark.parametrize(
    ("line", "gpu"),
    [
        pytest.param(
            f"0, {UUID}, NVIDIA GeForce RTX 2080 SUPER, 610.10, 8192, 214, 7, 41, 39.32, 250.00, 300, 405, 0",
            Gpu(
                0,
                UUID,
                "NVIDIA GeForce RTX 2080 SUPER",
                8192 * MIB,
                214 * MIB,
                7,
                41,
                39.32,
                250,
                300,
                405,
                0,
                "610.10",
            ),
            id="a GeForce whose fan stands still",
        ),
        pytest.param(
            f"1, {UUID}, NVIDIA L40S, 590.44.01, 46068, 45500, 100, 71, 344.91, 350.00, 2520, 9001, [N/A]",
            Gpu(
                1,
                UUID,
                "NVIDIA L40S",
                46068 * MIB,
                45500 * MIB,
                100,
                71,
                344.91,
                350,
                2520,
                9001,
                None,
                "590.44.01",
            ),
            id="a passive card",
        ),
        pytest.param(
            f"3, {UUID}, NVIDIA H200, 595.10, 143771, 18432, [N/A], 33, 120.61, 700.00, 345, 3201, [N/A]",
            Gpu(
                3,
                UUID,
                "NVIDIA H200",
                143771 * MIB,
                18432 * MIB,
                None,
                33,
                120.61,
                700,
                345,
                3201,
                None,
                "595.10",
            ),
            id="MIG on",
        ),
        pytest.param(
            f"0, {UUID}, NVIDIA GB10, 590.48, [N/A], [N/A], 3, 45, 11.20, [N/A], 208, [N/A], [N/A]",
            Gpu(0, UUID, "NVIDIA GB10", None, None, 3, 45, 11.2, None, 208, None, None, "590.48"),
            id="unified memory",
        ),
        pytest.param(
            f"0,{UUID},Tesla K80,470.256.02,11441,0,N/A,ERR!,[Not Supported],[Unknown Error],"
            "[Function Not Found],[Insufficient Permissions],[Requested functionality has been deprecated]",
            Gpu(0, UUID, "Tesla K80", 11441 * MIB, 0, driver="470.256.02"),
            id="every kind of no reading",
        ),
        pytest.param(
            f"0, {UUID}, NVIDIA GeForce GT 710, 390.157, 978, 45, [N/A], 38",
            Gpu(0, UUID, "NVIDIA GeForce GT 710", 978 * MIB, 45 * MIB, None, 38, driver="390.157"),
            id="the short query",
        ),
        pytest.param(
            "0, [N/A], [Unknown Error], N/A, 1, 1, 1, 1",
            Gpu(0, "", "NVIDIA GPU", MIB, MIB, 1, 1),
            id="no name",
        ),
    ],
)
def test_a_row_becomes_a_gpu_and_what_is_no_number_is_no_reading(line: str, gpu: Gpu) -> None:
    assert nvidia_smi.parse(line) == gpu


@pytest.mark.parametrize(
    "line",
    [
        "",
        "No devices were found",
        "index, uuid, name, driver_version, memory.total, memory.used, utilization.gpu, temperature.gpu",
        "0, GPU-1, NVIDIA L40S",
        f"-1, {UUID}, NVIDIA L40S, 590, 1, 1, 1, 1",
        f"0, {UUID}, NVIDIA L40S, 590, 1, 1, 1, 1, 1",
    ],
)
def test_what_is_no_row_is_no_gpu(line: str) -> None:
    assert nvidia_smi.parse(line) is None


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (
            "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver. Make sure that "
            "the latest NVIDIA driver is installed and running.",
            "couldn't communicate with the NVIDIA driver: it is not loaded",
        ),
        (
            "Failed to initialize NVML: Driver/library version mismatch",
            "NVIDIA driver/library version mismatch: reboot this host",
        ),
        ("No devices were found", "the NVIDIA driver finds no GPU"),
        (
            "Unable to determine the device handle for GPU 0000:01:00.0: GPU is lost.  Reboot the system",
            "a GPU has fallen off the bus: reboot this host",
        ),
        (
            "Failed to initialize NVML: Insufficient Permissions",
            "this user may not talk to the NVIDIA driver",
        ),
        ("Something \x1b[31mnew", "nvidia-smi: Something \\x1b[31mnew"),
        ('Field "fan.speed" is not a valid field to query.', ""),
        ("  ", ""),
    ],
)
def test_what_the_tool_says_instead_is_told_in_words(line: str, words: str) -> None:
    assert nvidia_smi.said(line) == words


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("127", "nvidia-smi is not installed"),
        ("9", "couldn't communicate with the NVIDIA driver: it is not loaded"),
        ("139", "nvidia-smi ended with code 139"),
        ("", "nvidia-smi ended with code "),
        ("\x1b", "nvidia-smi ended with code \\x1b"),
    ],
)
def test_an_exit_code_is_told_in_words(code: str, words: str) -> None:
    assert nvidia_smi.ended(code) == words
