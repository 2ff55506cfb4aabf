"""The cluster as JSON: the contract of every `--json`. Keys carry units, times are RFC 3339."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hydra_tui.core.cluster import Cluster, Node, Service
from hydra_tui.core.gpu import Gpu
from hydra_tui.core.host import Disk, HostSample
from hydra_tui.core.ledger import GpuLedger, ledger
from hydra_tui.core.models import Model
from hydra_tui.core.quantity import Amount
from hydra_tui.present.ledger_record import ledger_record, processes_record
from hydra_tui.present.model_rows import ModelRow, model_rows
from hydra_tui.present.units import rfc3339

Record = dict[str, Any]


def rounded(value: float | None, digits: int = 1) -> float | None:
    """As precise as it was measured."""
    return None if value is None else round(value, digits)


def cluster_record(cluster: Cluster) -> Record:
    """All nodes and services; what `status --json` prints."""
    return {
        "cluster": cluster.name,
        "at": rfc3339(cluster.at),
        "state": cluster.state.value,
        "simulated": cluster.simulated,
        "nodes": [node_record(node, cluster.services) for node in cluster.nodes],
        "services": [service_record(service) for service in cluster.services],
    }


def _standing(target: Node | Service) -> Record:
    return {
        "state": target.state.value,
        "reason": target.reason,
        "at": rfc3339(target.at),
        "since": rfc3339(target.since),
    }


def node_record(node: Node, services: Sequence[Service] = ()) -> Record:
    """A node; numbers are null where nothing was read. The claims of `services` stand in its ledger."""
    sample = node.sample or HostSample(at=0.0)
    book = ledger(node, services)
    return {
        "name": node.name,
        **_standing(node),
        "address": node.address,
        "source": node.source or None,
        "sampled_at": rfc3339(sample.at) if node.sample else None,
        "cpu_percent": rounded(sample.cpu_percent),
        "cores": sample.cores,
        "load_1m": sample.load_1m,
        "load_5m": sample.load_5m,
        "load_15m": sample.load_15m,
        "memory_total_bytes": sample.memory_total_bytes,
        "memory_used_bytes": sample.memory_used_bytes,
        "memory_available_bytes": sample.memory_available_bytes,
        "swap_total_bytes": sample.swap_total_bytes,
        "swap_free_bytes": sample.swap_free_bytes,
        "received_bytes_per_s": rounded(sample.received_bytes_per_s),
        "sent_bytes_per_s": rounded(sample.sent_bytes_per_s),
        "uptime_s": sample.uptime_s,
        "kernel": sample.kernel,
        "os": sample.os,
        "cpu_temperature_c": rounded(sample.temperature_c),
        "zfs_cache_bytes": sample.zfs_cache_bytes,
        "disks": [_disk(disk) for disk in sample.disks],
        "gpus": [_gpu(each) for each in book.gpus],
        "gpu_note": sample.gpu_note,
        "gpu_process_note": sample.gpu_process_note,
        "ledger": ledger_record(book),
    }


def _disk(disk: Disk) -> Record:
    return {
        "mount": disk.mount,
        "device": disk.device,
        "size_bytes": disk.size_bytes,
        "used_bytes": disk.used_bytes,
        "available_bytes": disk.available_bytes,
        "used_percent": round(disk.used_percent, 1),
    }


def _gpu(each: GpuLedger) -> Record:
    gpu: Gpu = each.gpu
    return {
        "index": gpu.index,
        "uuid": gpu.uuid,
        "name": gpu.name,
        "vram_total_bytes": gpu.vram_total_bytes,
        "vram_used_bytes": gpu.vram_used_bytes,
        "utilisation_percent": gpu.utilisation_percent,
        "temperature_c": gpu.temperature_c,
        "power_w": gpu.power_w,
        "power_limit_w": gpu.power_limit_w,
        "sm_clock_mhz": gpu.sm_clock_mhz,
        "memory_clock_mhz": gpu.memory_clock_mhz,
        "fan_percent": gpu.fan_percent,
        "driver": gpu.driver,
        "cuda": gpu.cuda,
        "memory_utilisation_percent": gpu.memory_utilisation_percent,
        "vram_reserved_bytes": gpu.vram_reserved_bytes,
        "pcie_generation": gpu.pcie_generation,
        "pcie_generation_max": gpu.pcie_generation_max,
        "pcie_width": gpu.pcie_width,
        "pcie_width_max": gpu.pcie_width_max,
        "pstate": gpu.pstate,
        "throttles": None if gpu.throttles is None else [reason.value for reason in gpu.throttles],
        "ecc_uncorrected": gpu.ecc_uncorrected,
        "mig": gpu.mig,
        "unified_memory": gpu.unified_memory,
        "processes": processes_record(each),
    }


def service_record(service: Service) -> Record:
    """A service; `facts` is empty while it cannot be asked."""
    return {
        "name": service.name,
        "kind": service.kind,
        "node": service.node or None,
        "layer": service.layer.value,
        "address": service.address,
        **_standing(service),
        "latency_s": rounded(service.latency_s, 4),
        "version": service.version,
        "facts": {fact.name: fact.value for fact in service.facts},
        "loaded_models": [m.name for m in service.models if m.residency.value == "loaded"],
    }


def models_record(cluster: Cluster) -> Record:
    """Every model of every engine; what `models --json` prints."""
    return {
        "cluster": cluster.name,
        "at": rfc3339(cluster.at),
        "models": [_model(each) for each in model_rows(cluster)],
    }


def _model(each: ModelRow) -> Record:
    model: Model = each.model
    return {
        "name": model.name,
        "service": each.service.name,
        "node": each.service.node or None,
        "gpus": list(each.service.gpus),
        "residency": model.residency.value,
        "format": model.format,
        "quantisation": model.quantisation,
        "parameters": model.parameters,
        **_amount("disk", model.disk),
        **_amount("memory", model.memory),
        **_amount("vram", model.vram),
        "context_tokens": model.context_tokens,
        "expires_at": rfc3339(model.expires_at),
        "aliases": list(each.aliases),
        "use_case": model.use_case,
    }


def _amount(name: str, amount: Amount | None) -> Mapping[str, int | str | None]:
    """A number and who says so, side by side."""
    return {
        f"{name}_bytes": amount.value if amount else None,
        f"{name}_origin": amount.origin.value if amount else None,
    }
