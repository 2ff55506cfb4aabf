"""What dcgm-exporter and nvidia_gpu_exporter say of GPUs, as core values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from hydra_tui.core.gpu import Gpu
from hydra_tui.core.text import inert
from hydra_tui.core.throttle import throttles
from hydra_tui.hosts.number import whole
from hydra_tui.hosts.prometheus.exporter import Exporter
from hydra_tui.hosts.prometheus.metrics import DCGM, NVIDIA_SMI, NVIDIA_SMI_INFO
from hydra_tui.hosts.prometheus.reply import Series

Named = dict[str, list[Series]]
"""The series of one GPU by the metric's name."""

Readings = dict[str, float]
"""One GPU: its numbers by the names that the tables of `metrics` give them."""

_DIVIDED = frozenset({"vram_used_bytes", "vram_free_bytes", "vram_reserved_bytes"})
"""What the MIG instances of a GPU share out among themselves."""

_UNDIVIDED = frozenset({"utilisation_percent", "memory_utilisation_percent"})
"""What is told of a whole GPU only: for a MIG instance DCGM says 0, whatever runs there."""


def gpus(found: Sequence[Exporter]) -> tuple[Gpu, ...]:
    """Every GPU once, by index; where both exporters tell of one, DCGM is believed."""
    by_uuid = {gpu.uuid: gpu for read in (_by_smi, _by_dcgm) for each in found for gpu in read(each)}
    return tuple(sorted(by_uuid.values(), key=lambda gpu: (gpu.index, gpu.uuid)))


def _by_dcgm(exporter: Exporter) -> Iterator[Gpu]:
    for uuid, series in _by_label(exporter, DCGM, "UUID").items():
        readings = _readings(series, DCGM)
        if {"vram_used_bytes", "vram_free_bytes"} <= readings.keys():
            # It names no total.
            readings["vram_total_bytes"] = sum(readings.get(part, 0.0) for part in _DIVIDED)
        everything = [each for named in series.values() for each in named]
        of = everything[0].label
        divided = any(map(_instance, everything)) or None
        yield _gpu(of("gpu"), uuid, of("modelName"), readings, of("DCGM_FI_DRIVER_VERSION"), mig=divided)


def _by_smi(exporter: Exporter) -> Iterator[Gpu]:
    numbers = _by_label(exporter, NVIDIA_SMI, "uuid")
    for info in exporter.gauges.get(NVIDIA_SMI_INFO, ()):
        of = info.label
        readings = _readings(numbers.get(info.labels.get("uuid", ""), {}), NVIDIA_SMI)
        # It cuts the prefix that the driver and everyone else writes.
        uuid = f"GPU-{info.labels.get('uuid', '')}"
        yield _gpu(of("index"), uuid, of("name"), readings, of("driver_version"), of("cuda_version"))


def _by_label(exporter: Exporter, table: Mapping[str, object], label: str) -> dict[str, Named]:
    """The series of each GPU."""
    found: dict[str, Named] = {}
    for name in table:
        for each in exporter.gauges.get(name, ()):
            if uuid := each.labels.get(label):
                found.setdefault(uuid, {}).setdefault(name, []).append(each)
    return found


def _readings(series: Named, table: Mapping[str, tuple[str, float]]) -> Readings:
    readings: Readings = {}
    for name, found in series.items():
        field, factor = table[name]
        value = _whole_gpu(field, found)
        if value is not None:
            readings[field] = value * factor
    return readings


def _whole_gpu(field: str, series: Sequence[Series]) -> float | None:
    """The GPU's own number where there is one, else what those of its MIG instances come to."""
    own = [each.value for each in series if not _instance(each)]
    if own or field in _UNDIVIDED:
        return max(own, default=None)
    parts = [each.value for each in series]
    return sum(parts) if field in _DIVIDED else max(parts)


def _instance(series: Series) -> str:
    """The MIG instance that it is about; empty for a whole GPU."""
    return series.labels.get("GPU_I_ID", "")


def _gpu(
    index: str, uuid: str, name: str, readings: Readings, driver: str, cuda: str = "", mig: bool | None = None
) -> Gpu:
    whole_number = {field: int(value) for field, value in readings.items()}
    pstate = whole_number.get("pstate")
    return Gpu(
        index=whole(index) or 0,
        uuid=inert(uuid, 200),
        name=name or "NVIDIA GPU",
        vram_total_bytes=whole_number.get("vram_total_bytes"),
        vram_used_bytes=whole_number.get("vram_used_bytes"),
        vram_reserved_bytes=whole_number.get("vram_reserved_bytes"),
        utilisation_percent=readings.get("utilisation_percent"),
        memory_utilisation_percent=readings.get("memory_utilisation_percent"),
        temperature_c=readings.get("temperature_c"),
        power_w=readings.get("power_w"),
        power_limit_w=readings.get("power_limit_w"),
        sm_clock_mhz=readings.get("sm_clock_mhz"),
        memory_clock_mhz=readings.get("memory_clock_mhz"),
        fan_percent=readings.get("fan_percent"),
        driver=driver or None,
        cuda=cuda or None,
        pstate=None if pstate is None else f"P{pstate}",
        throttles=throttles(whole_number.get("throttle_mask")),
        ecc_uncorrected=whole_number.get("ecc_uncorrected"),
        mig=mig,
    )
