"""What is asked of a metrics server: two instant queries for all nodes together, however many there are."""

from __future__ import annotations

from hydra_tui.hosts.procfs import VIRTUAL_INTERFACES
from hydra_tui.hosts.prometheus.metrics import DCGM, HOST, NVIDIA_SMI, NVIDIA_SMI_INFO

TAG = "hydra"
"""The label by which the parts of the second query are told apart; their own names are lost on the way."""

LOOK_BACK_S = 300
"""How far back the server looks for the newest sample of a series, and we for the last two."""

_LABELS = (
    *("device", "mountpoint", "release", "pretty_name"),
    *("gpu", "UUID", "modelName", "GPU_I_ID", "DCGM_FI_DRIVER_VERSION"),
    *("uuid", "name", "index", "driver_version", "cuda_version"),
)
"""The labels that are read. All others stay on the server: they can outweigh the values."""

_SIGNS_OF_LIFE = f"node_time_seconds|DCGM_FI_DEV_GPU_TEMP|{NVIDIA_SMI_INFO}"
"""One metric per exporter, with a sample at each scrape."""


def levels(node_label: str) -> str:
    """Every gauge, by its own name; `up` says which exporters the server itself cannot reach."""
    names = "|".join(("up", *HOST, *DCGM, NVIDIA_SMI_INFO, *NVIDIA_SMI))
    keep = ",".join(("__name__", node_label, "job", *_LABELS))
    return f'max by ({keep}) ({{__name__=~"{names}",fstype!~"tmpfs|devtmpfs|squashfs|ramfs"}})'


def rates(node_label: str) -> str:
    """What counters did between their last two samples, and when those came; by `TAG`."""
    wire = f'device!~"{"|".join(map(_regex, VIRTUAL_INTERFACES))}"'
    alive = f'{{__name__=~"{_SIGNS_OF_LIFE}"}}'
    ways = {
        "cores": ("count", 'node_cpu_seconds_total{mode="idle"}'),
        "busy": ("sum", _rate("node_cpu_seconds_total", 'mode!~"idle|iowait"')),
        "spent": ("sum", _rate("node_cpu_seconds_total")),
        "received": ("sum", _rate("node_network_receive_bytes_total", wire)),
        "sent": ("sum", _rate("node_network_transmit_bytes_total", wire)),
        "seen": ("max", f"timestamp({alive})"),
        "samples": ("max", f"count_over_time({alive}[{LOOK_BACK_S}s])"),
    }
    return " or ".join(
        f'label_replace({fold} by ({node_label},job) ({each}),"{TAG}","{tag}","","")'
        for tag, (fold, each) in ways.items()
    )


def _rate(metric: str, matcher: str = "") -> str:
    return f"irate({metric}{{{matcher}}}[{LOOK_BACK_S}s])"


def _regex(shell_pattern: str) -> str:
    """The same in RE2, free of backslashes: those would need quoting of their own in PromQL."""
    return shell_pattern.replace(".", "[.]").replace("*", ".*")
