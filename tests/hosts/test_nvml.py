from __future__ import annotations

from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

import pytest

from hydra_tui.core.gpu import Gpu
from hydra_tui.core.processes import GpuProcess
from hydra_tui.core.throttle import Throttle
from hydra_tui.hosts.nvml import Nvml

GIB = 1024**3
UNINITIALISED, NOT_SUPPORTED, NO_PERMISSION, DRIVER_NOT_LOADED, LIBRARY_NOT_FOUND, LOST, UNKNOWN = (
    1,
    3,
    4,
    9,
    12,
    15,
    999,
)

FUNCTION_NOT_FOUND = 13


class NvmlError(Exception):
    def __init__(self, value: int) -> None:
        super().__init__(f"error {value}")
        self.value = value


class Driver:
    """The part of module `pynvml` that is used, over boards whose readings are a table."""

    NVMLError = NvmlError
    NVML_TEMPERATURE_GPU, NVML_CLOCK_SM, NVML_CLOCK_MEM = 0, 1, 2

    def __init__(self, readings: Mapping[str, Any], boards: int = 1) -> None:
        self.nvmlMemory_v2 = 33554472
        self.initialised = 0
        self.calls: list[str] = []
        self.readings = {
            "nvmlInit": self._count_up,
            "nvmlShutdown": self._count_down,
            "nvmlDeviceGetCount": Number(boards),
            "nvmlDeviceGetHandleByIndex": "board {}".format,
            **readings,
        }

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def answer(*arguments: Any, **options: Any) -> Any:
            self.calls.append(name)
            reading = self.readings.get(name, NOT_SUPPORTED)
            if callable(reading):
                reading = reading(*arguments, **options)
            if type(reading) is int:
                raise NvmlError(reading)
            return reading

        return answer

    def _count_up(self) -> None:
        self.initialised += 1

    def _count_down(self) -> int | None:
        if not self.initialised:
            return UNINITIALISED
        self.initialised -= 1
        return None


class Number(int):
    """A reading; a plain `int` in the table is the code of an error."""


FULL: Mapping[str, Any] = {
    "nvmlDeviceGetUUID": "GPU-1",
    "nvmlDeviceGetName": "NVIDIA GeForce RTX 4090",
    "nvmlSystemGetDriverVersion": "590.44.01",
    "nvmlSystemGetCudaDriverVersion_v2": Number(13020),
    "nvmlDeviceGetMaxPcieLinkGeneration": Number(4),
    "nvmlDeviceGetMaxPcieLinkWidth": Number(16),
    "nvmlDeviceGetCurrPcieLinkGeneration": Number(1),
    "nvmlDeviceGetCurrPcieLinkWidth": Number(8),
    "nvmlDeviceGetPerformanceState": Number(8),
    "nvmlDeviceGetCurrentClocksEventReasons": Number(0x5),
    "nvmlDeviceGetTotalEccErrors": Number(2),
    "nvmlDeviceGetMigMode": [0, 0],
    "nvmlDeviceGetMemoryInfo": SimpleNamespace(total=24 * GIB, used=2 * GIB, reserved=GIB),
    "nvmlDeviceGetUtilizationRates": SimpleNamespace(gpu=7, memory=1),
    "nvmlDeviceGetTemperature": Number(41),
    "nvmlDeviceGetPowerUsage": Number(39_320),
    "nvmlDeviceGetEnforcedPowerLimit": Number(450_000),
    "nvmlDeviceGetClockInfo": lambda handle, clock: Number({1: 2520, 2: 10501}[clock]),
    "nvmlDeviceGetFanSpeed": Number(0),
}


def test_everything_a_board_says_comes_in_our_units() -> None:
    gpus, note = Nvml(Driver(FULL)).look()
    assert note == ""
    assert gpus == (
        Gpu(
            *(0, "GPU-1", "NVIDIA GeForce RTX 4090", 24 * GIB, 2 * GIB),
            utilisation_percent=7,
            temperature_c=41,
            power_w=39.32,
            power_limit_w=450.0,
            sm_clock_mhz=2520,
            memory_clock_mhz=10501,
            fan_percent=0,
            driver="590.44.01",
            cuda="13.2",
            memory_utilisation_percent=1,
            vram_reserved_bytes=GIB,
            pcie_generation=1,
            pcie_generation_max=4,
            pcie_width=8,
            pcie_width_max=16,
            pstate="P8",
            throttles=(Throttle.IDLE, Throttle.POWER_CAP),
            ecc_uncorrected=2,
            mig=False,
        ),
    )


def test_a_driver_before_535_is_asked_for_the_reasons_by_their_first_name() -> None:
    old = {**FULL, "nvmlDeviceGetCurrentClocksEventReasons": FUNCTION_NOT_FOUND}
    (gpu,), _ = Nvml(Driver({**old, "nvmlDeviceGetCurrentClocksThrottleReasons": Number(0x40)})).look()
    assert gpu.throttles == (Throttle.HARDWARE_THERMAL,)


def test_a_performance_state_that_is_unknown_is_no_reading() -> None:
    (gpu,), _ = Nvml(Driver({**FULL, "nvmlDeviceGetPerformanceState": Number(32)})).look()
    assert gpu.pstate is None


def test_a_gpu_on_the_memory_of_its_host_says_so() -> None:
    spark = {**FULL, "nvmlDeviceGetName": "NVIDIA GB10", "nvmlDeviceGetMemoryInfo": NOT_SUPPORTED}
    (gpu,), _ = Nvml(Driver(spark)).look()
    assert (gpu.unified_memory, gpu.vram_total_bytes) == (True, None)


def test_processes_are_listed_with_what_they_hold_where_the_driver_says() -> None:
    running = [SimpleNamespace(pid=42, usedGpuMemory=GIB), SimpleNamespace(pid=43, usedGpuMemory=None)]
    nvml = Nvml(Driver({**FULL, "nvmlDeviceGetComputeRunningProcesses": running}))
    nvml.look()
    assert nvml.processes() == (GpuProcess("GPU-1", 42, vram_bytes=GIB), GpuProcess("GPU-1", 43))


@pytest.mark.parametrize("code", [NOT_SUPPORTED, NO_PERMISSION, LOST])
def test_processes_that_cannot_be_listed_are_not_known_rather_than_none(code: int) -> None:
    nvml = Nvml(Driver({**FULL, "nvmlDeviceGetComputeRunningProcesses": code}))
    nvml.look()
    assert nvml.processes() is None


@pytest.mark.parametrize("code", [NOT_SUPPORTED, NO_PERMISSION, UNKNOWN])
def test_each_reading_may_be_missing_by_itself(code: int) -> None:
    for name in FULL:
        (gpu,), note = Nvml(Driver({**FULL, name: code})).look()
        assert note == ""
        assert gpu != Nvml(Driver(FULL)).look()[0][0]


def test_a_board_that_says_nothing_is_still_listed() -> None:
    assert Nvml(Driver({})).look() == ((Gpu(0, "", "NVIDIA GPU"),), "")


def test_an_old_driver_and_old_bindings_are_understood() -> None:
    def first_version_only(handle: str, version: int | None = None) -> Any:
        return NOT_SUPPORTED if version else SimpleNamespace(total=8 * GIB, used=GIB)

    (gpu,), _ = Nvml(
        Driver({**FULL, "nvmlDeviceGetMemoryInfo": first_version_only, "nvmlDeviceGetName": b"Tesla K80"})
    ).look()
    assert (gpu.name, gpu.vram_total_bytes, gpu.vram_used_bytes) == ("Tesla K80", 8 * GIB, GIB)


def test_handles_are_kept_from_look_to_look_and_asked_for_again_after_closing() -> None:
    driver = Driver(FULL, boards=2)
    nvml = Nvml(driver)
    assert [len(nvml.look()[0]) for _ in range(3)] == [2, 2, 2]
    assert (driver.initialised, driver.calls.count("nvmlDeviceGetName")) == (1, 2)
    nvml.close()
    assert driver.initialised == 0
    assert len(nvml.look()[0]) == 2


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (LIBRARY_NOT_FOUND, "no NVIDIA driver is installed"),
        (DRIVER_NOT_LOADED, "couldn't communicate with the NVIDIA driver: it is not loaded"),
        (18, "NVIDIA driver/library version mismatch: reboot this host"),
        (UNKNOWN, "NVML: error 999"),
    ],
)
def test_a_driver_that_cannot_be_asked_is_told_in_words(code: int, words: str) -> None:
    assert Nvml(Driver({"nvmlInit": code})).look() == ((), words)


def test_no_board_is_told_in_words() -> None:
    assert Nvml(Driver({}, boards=0)).look() == ((), "the NVIDIA driver finds no GPU")


@pytest.mark.parametrize("when", ["handle", "reading"])
def test_a_gpu_that_fell_off_the_bus_is_noted_beside_those_that_are_left(when: str) -> None:
    def handle(index: int) -> str | int:
        return LOST if index == 1 else f"board {index}"

    def temperature(handle: str, _: int) -> int:
        return LOST if handle == "board 1" else Number(40)

    lost: Mapping[str, Mapping[str, Any]] = {
        "handle": {"nvmlDeviceGetHandleByIndex": handle},
        "reading": {"nvmlDeviceGetTemperature": temperature},
    }
    driver = Driver({**FULL, **lost[when]}, boards=3)
    nvml = Nvml(driver)
    for _ in range(2):
        gpus, note = nvml.look()
        assert [gpu.index for gpu in gpus] == [0, 2]
        assert note == "a GPU has fallen off the bus: reboot this host"
    assert driver.initialised == 0


def test_a_driver_that_goes_away_between_two_looks_is_found_again() -> None:
    driver = Driver(FULL)
    nvml = Nvml(driver)
    nvml.look()
    driver.readings["nvmlDeviceGetTemperature"] = DRIVER_NOT_LOADED
    assert nvml.look()[0] == ()
    driver.readings["nvmlDeviceGetTemperature"] = Number(30)
    assert len(nvml.look()[0]) == 1
    assert driver.initialised == 1
