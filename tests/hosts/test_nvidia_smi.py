from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hydra_tui.core.gpu import Gpu
from hydra_tui.core.text import inert
from hydra_tui.core.throttle import Throttle
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
            Gpu(
                *(0, UUID, "NVIDIA GB10", None, None, 3, 45, 11.2, None, 208, None, None, "590.48"),
                unified_memory=True,
            ),
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


GENERATIONS: Mapping[str, tuple[str, Mapping[str, object]]] = {
    "Turing, driver 610": (
        f"0, {UUID}, NVIDIA GeForce RTX 2080 SUPER, 610.57.04, 8192, 214, 7, 41, 39.32, 250.00, 300, 405, 0, "
        "2, 408, P8, 0x0000000000000001, 1, 3, 16, 16, [N/A], [N/A]",
        {"reserved_mib": 408, "pstate": "P8", "throttles": (Throttle.IDLE,), "pcie": (1, 3, 16, 16)},
    ),
    "Ada, passive, ECC, driver 595": (
        f"1, {UUID}, NVIDIA L40S, 595.80, 46068, 45500, 100, 86, 349.91, 350.00, 1410, 9001, [N/A], "
        "71, 570, P0, 0x0000000000000024, 4, 4, 8, 16, 3, [N/A]",
        {
            "reserved_mib": 570,
            "pstate": "P0",
            "throttles": (Throttle.POWER_CAP, Throttle.SOFTWARE_THERMAL),
            "pcie": (4, 4, 8, 16),
            "ecc_uncorrected": 3,
        },
    ),
    "Hopper with MIG, driver 580": (
        f"3, {UUID}, NVIDIA H200, 580.173.02, 143771, 18432, [N/A], 33, 120.61, 700.00, 345, 3201, [N/A], "
        "[N/A], 601, P0, 0x0000000000000000, 5, 5, 16, 16, 0, Enabled",
        {
            "reserved_mib": 601,
            "pstate": "P0",
            "throttles": (),
            "pcie": (5, 5, 16, 16),
            "ecc_uncorrected": 0,
            "mig": True,
        },
    ),
    "Ampere, first name of the reasons, driver 525": (
        f"0, {UUID}, NVIDIA A100-SXM4-80GB, 525.147.05, 81920, 1, 0, 29, 61.20, 400.00, 210, 1593, [N/A], "
        "0, 637, P0, 0x00000000000001e8, 4, 4, 16, 16, 0, Disabled",
        {
            "reserved_mib": 637,
            "pstate": "P0",
            "throttles": (
                Throttle.HARDWARE,
                Throttle.SOFTWARE_THERMAL,
                Throttle.HARDWARE_THERMAL,
                Throttle.POWER_BRAKE,
                Throttle.DISPLAY_SETTING,
            ),
            "pcie": (4, 4, 16, 16),
            "ecc_uncorrected": 0,
            "mig": False,
        },
    ),
    "Grace Blackwell, unified memory, driver 590": (
        f"0, {UUID}, NVIDIA GB10, 590.48, [N/A], [N/A], 3, 45, 11.20, [N/A], 208, [N/A], [N/A], "
        "0, [N/A], P8, 0x0000000000000001, [N/A], N/A, [N/A], [N/A], [N/A], [N/A]",
        {"pstate": "P8", "throttles": (Throttle.IDLE,), "unified_memory": True},
    ),
    "Kepler, nothing is read, driver 470": (
        f"0, {UUID}, Tesla K80, 470.256.02, 11441, 0, N/A, ERR!, [N/A], [N/A], [N/A], [N/A], [N/A], "
        "[Unknown Error], ERR!, P99x, Active, -1, 1.5, 16 lanes, 0x10, [N/A], Maybe",
        {},
    ),
}


@pytest.mark.parametrize("generation", GENERATIONS)
def test_the_small_print_of_every_generation_is_read(generation: str) -> None:
    line, expected = GENERATIONS[generation]
    gpu = nvidia_smi.parse(line)
    assert gpu
    reserved = None if gpu.vram_reserved_bytes is None else gpu.vram_reserved_bytes // MIB
    link = (gpu.pcie_generation, gpu.pcie_generation_max, gpu.pcie_width, gpu.pcie_width_max)
    told = {
        "reserved_mib": reserved,
        "pstate": gpu.pstate,
        "throttles": gpu.throttles,
        "pcie": None if link == (None,) * 4 else link,
        "ecc_uncorrected": gpu.ecc_uncorrected,
        "mig": gpu.mig,
        "unified_memory": gpu.unified_memory or None,
    }
    assert {name: value for name, value in told.items() if value is not None} == expected


def test_every_query_begins_with_the_one_after_it_or_asks_the_same_by_other_names() -> None:
    new, older, plain, short = nvidia_smi.QUERIES
    assert len(new) == len(older)
    assert set(new) ^ set(older) == {"clocks_event_reasons.active", "clocks_throttle_reasons.active"}
    assert new[: len(plain)] == older[: len(plain)] == plain
    assert plain[: len(short)] == short


@pytest.mark.parametrize(
    ("line", "version"),
    [
        ("CUDA Version                              : 12.4", "12.4"),
        ("CUDA Version     : 13.3 [Deprecated; will be removed in CUDA 14.0]", "13.3"),
        ("CUDA UMD Version                                       : 13.3", "13.3"),
        ('CUDA version        : Deprecated, see "CUDA UMD version" instead', None),
        ("CUDA Version : Not Found", None),
        ("Driver Version : 590.48", None),
    ],
)
def test_cuda_is_read_by_its_old_and_by_its_new_name(line: str, version: str | None) -> None:
    assert nvidia_smi.cuda(line) == version


@given(st.lists(st.text(max_size=12), min_size=1, max_size=30).map(", ".join) | st.text(max_size=200))
def test_no_row_makes_the_parser_raise_or_invent(line: str) -> None:
    for text in (line, f"0, {line}"):
        gpu = nvidia_smi.parse(text)
        assert gpu is None or inert(gpu.name) == gpu.name
        nvidia_smi.cuda(text)


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
