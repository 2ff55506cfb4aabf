"""The contract of `--json`: exactly these keys, and JSON that every reader takes."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from hydra_tui.core.cluster import Cluster
from hydra_tui.core.models import Model, Residency
from hydra_tui.core.quantity import Amount, Fact, Origin
from hydra_tui.present.records import (
    Record,
    cluster_record,
    models_record,
    node_record,
    service_record,
)
from tests.clusters import NOW, hydra, troubled
from tests.present.extremes import EXTREMES, extreme

STANDING = {"state", "reason", "at", "since"}
CLUSTER = {"cluster", "at", "state", "simulated", "nodes", "services"}
NODE = STANDING | {
    "name",
    "address",
    "source",
    "sampled_at",
    "cpu_percent",
    "cores",
    "load_1m",
    "load_5m",
    "load_15m",
    "memory_total_bytes",
    "memory_used_bytes",
    "memory_available_bytes",
    "swap_total_bytes",
    "swap_free_bytes",
    "received_bytes_per_s",
    "sent_bytes_per_s",
    "uptime_s",
    "kernel",
    "os",
    "cpu_temperature_c",
    "zfs_cache_bytes",
    "disks",
    "gpus",
    "gpu_note",
    "gpu_process_note",
    "ledger",
}
DISK = {"mount", "device", "size_bytes", "used_bytes", "available_bytes", "used_percent"}
GPU = {
    "index",
    "uuid",
    "name",
    "vram_total_bytes",
    "vram_used_bytes",
    "utilisation_percent",
    "temperature_c",
    "power_w",
    "power_limit_w",
    "sm_clock_mhz",
    "memory_clock_mhz",
    "fan_percent",
    "driver",
    "cuda",
    "memory_utilisation_percent",
    "vram_reserved_bytes",
    "pcie_generation",
    "pcie_generation_max",
    "pcie_width",
    "pcie_width_max",
    "pstate",
    "throttles",
    "ecc_uncorrected",
    "mig",
    "unified_memory",
    "processes",
}
LEDGER = {"gpus", "remarks"}
GPU_LEDGER = {
    *("index", "uuid", "used_bytes", "by_processes_bytes", "by_claims_bytes"),
    *("unexplained_bytes", "suspicious", "claims"),
}
SERVICE = STANDING | {
    "name",
    "kind",
    "node",
    "layer",
    "address",
    "latency_s",
    "version",
    "facts",
    "loaded_models",
}
MODELS = {"cluster", "at", "models"}
MODEL = {
    "name",
    "service",
    "node",
    "gpus",
    "residency",
    "format",
    "quantisation",
    "parameters",
    "disk_bytes",
    "disk_origin",
    "memory_bytes",
    "memory_origin",
    "vram_bytes",
    "vram_origin",
    "context_tokens",
    "expires_at",
    "aliases",
    "use_case",
}


def with_model(model: Model) -> Cluster:
    cluster = hydra()
    first, *others = cluster.services
    return replace(cluster, services=(replace(first, models=(model,)), *others))


@pytest.mark.parametrize("cluster", EXTREMES)
def test_the_keys_of_every_record_are_the_contract(cluster: str) -> None:
    record, models = cluster_record(extreme(cluster)), models_record(extreme(cluster))
    assert record.keys() == CLUSTER
    assert models.keys() == MODELS
    for node in record["nodes"]:
        assert node.keys() == NODE
        assert all(disk.keys() == DISK for disk in node["disks"])
        assert all(gpu.keys() == GPU for gpu in node["gpus"])
        assert node["ledger"].keys() == LEDGER
        assert all(gpu.keys() == GPU_LEDGER for gpu in node["ledger"]["gpus"])
    assert all(service.keys() == SERVICE for service in record["services"])
    assert all(model.keys() == MODEL for model in models["models"])


@pytest.mark.parametrize("cluster", EXTREMES)
def test_every_record_is_json_without_nan(cluster: str) -> None:
    for record in (cluster_record(extreme(cluster)), models_record(extreme(cluster))):
        assert json.loads(json.dumps(record, allow_nan=False)) == record


def _only_model(record: Record) -> Record:
    return next(model for model in record["models"] if model["name"] == "kept")


@pytest.mark.parametrize(
    ("expires_at", "shown"),
    [(None, None), (float("inf"), None), (NOW + 240, "2026-11-22T13:07:22.000+00:00")],
)
def test_a_model_that_stays_for_ever_has_no_time_at_which_it_goes(
    expires_at: float | None, shown: str | None
) -> None:
    record = models_record(with_model(Model("kept", Residency.LOADED, expires_at=expires_at)))
    assert json.dumps(record, allow_nan=False)
    assert _only_model(record)["expires_at"] == shown


def test_a_number_of_bytes_stands_beside_who_says_so() -> None:
    model = Model("kept", vram=Amount(5, Origin.ESTIMATED), disk=Amount(7, Origin.CLAIMED))
    record = _only_model(models_record(with_model(model)))
    assert (record["vram_bytes"], record["vram_origin"]) == (5, "estimated")
    assert (record["disk_bytes"], record["disk_origin"]) == (7, "claimed")
    assert (record["memory_bytes"], record["memory_origin"]) == (None, None)


def test_what_was_not_read_is_null_and_not_zero() -> None:
    record = node_record(extreme("never read").nodes[0])
    nulls = {key for key, value in record.items() if value is None}
    assert nulls == NODE - STANDING - {
        "name",
        "address",
        "disks",
        "gpus",
        "gpu_note",
        "gpu_process_note",
        "ledger",
    }


def test_a_service_of_nobody_says_null_and_facts_keep_their_names_and_types() -> None:
    facts = (Fact("queue_requests", 3), Fact("ready", True), Fact("mode", "Q8"), Fact("none", None))
    record = service_record(replace(hydra().services[0], node="", facts=facts))
    assert record["node"] is None
    assert record["facts"] == {"queue_requests": 3, "ready": True, "mode": "Q8", "none": None}


def test_the_state_of_the_whole_is_the_worst_of_all() -> None:
    assert cluster_record(hydra())["state"] == "up"
    assert cluster_record(troubled())["state"] == "down"
    assert cluster_record(Cluster("empty", NOW))["state"] == "up"


def test_loaded_models_are_those_that_their_engine_confirms() -> None:
    services = {each["name"]: each for each in cluster_record(hydra())["services"]}
    assert services["ollama"]["loaded_models"] == ["qwen2.5:7b"]
    assert services["tabbyapi"]["loaded_models"] == ["Llama-3.3-70B-Instruct"]
    assert services["redis"]["loaded_models"] == []
