"""Hand-made clusters for tests of drawings and screens: every shape an operator may meet."""

from __future__ import annotations

from dataclasses import replace

from hydra_tui.core.cluster import Cluster, Layer, Node, Service
from hydra_tui.core.events import Event
from hydra_tui.core.gpu import Gpu
from hydra_tui.core.host import Disk, HostSample
from hydra_tui.core.models import Model, Residency, Route
from hydra_tui.core.quantity import Amount, Fact, Origin
from hydra_tui.core.series import Series
from hydra_tui.core.state import State

NOW = 1_795_352_602.0
GIB = 2**30
MIB = 2**20


def series(*values: float | None) -> Series:
    """A history that ends now."""
    return Series(last_bucket=int(NOW // 5), values=values)


WAVE = series(*(40 + 30 * ((step * 7) % 10) / 10 for step in range(24)))


def gpu(
    index: int,
    name: str,
    total_mib: int,
    used_gib: float,
    *,
    utilisation_percent: float | None = 87,
    temperature_c: float | None = 71,
    power_w: float | None = 412,
    power_limit_w: float | None = 575,
) -> Gpu:
    """A GPU with plausible readings."""
    return Gpu(
        index,
        f"GPU-{index}-{name}",
        f"NVIDIA GeForce {name}",
        total_mib * MIB,
        int(used_gib * GIB),
        utilisation_percent=utilisation_percent,
        temperature_c=temperature_c,
        power_w=power_w,
        power_limit_w=power_limit_w,
        sm_clock_mhz=2407,
        memory_clock_mhz=14001,
        fan_percent=48,
        driver="590.44",
    )


def host(uptime_days: float, load: float, ram: tuple[float, float], disk: float, *gpus: Gpu) -> HostSample:
    """A sample of a host; RAM as (used, total) GiB, disk as percent used."""
    used, total = ram
    root = Disk("/dev/nvme0n1p2", "/", 1000 * GIB, int(disk * 10 * GIB), int((100 - disk) * 10 * GIB))
    return HostSample(
        at=NOW - 1,
        cpu_percent=load * 6,
        cores=16,
        load_1m=load,
        load_5m=load,
        load_15m=load,
        memory_total_bytes=int(total * GIB),
        memory_available_bytes=int((total - used) * GIB),
        swap_total_bytes=8 * GIB,
        swap_free_bytes=8 * GIB,
        received_bytes_per_s=1_240_000.0,
        sent_bytes_per_s=88_000.0,
        uptime_s=uptime_days * 86400,
        kernel="6.12.41-amd64",
        disks=(root,),
        gpus=gpus,
        gpu_note="" if gpus else "nvidia-smi is not installed",
    )


def node(name: str, sample: HostSample) -> Node:
    """A node that is up."""
    return Node(
        name,
        interval_s=2.0,
        address=name,
        at=NOW - 1,
        state=State.UP,
        reason="",
        since=NOW - 4000,
        sample=sample,
        cpu=WAVE,
        gpu_utilisation=tuple(WAVE for _ in sample.gpus),
    )


def service(name: str, kind: str, where: str, layer: Layer, latency_ms: float, *facts: Fact) -> Service:
    """A service that is up."""
    return Service(
        name,
        kind,
        interval_s=5.0,
        node=where,
        layer=layer,
        address=f"http://{where}:{1000 + len(name)}",
        title=name,
        at=NOW - 2,
        state=State.UP,
        reason="",
        since=NOW - 4000,
        latency_s=latency_ms / 1000,
        version="1.106.2",
        facts=facts,
        latency=series(*(latency_ms / 1000 * (1 + step % 3 / 4) for step in range(16))),
    )


LLAMA = Model(
    "Llama-3.3-70B-Instruct",
    Residency.LOADED,
    "EXL2",
    "4.0bpw",
    "70.6B",
    disk=Amount(37 * GIB, Origin.CLAIMED),
    vram=Amount(int(44.9 * GIB), Origin.ESTIMATED),
    context_tokens=32768,
    use_case="General, reasoning",
)
DEEPSEEK = Model(
    "DeepSeek-R1-Distill-70B", format="EXL2", quantisation="4.0bpw", disk=Amount(37 * GIB, Origin.CLAIMED)
)
QWEN = Model(
    "qwen2.5:7b",
    Residency.LOADED,
    "GGUF",
    "Q8_0",
    "7.6B",
    disk=Amount(8 * GIB, Origin.CLAIMED),
    vram=Amount(int(8.1 * GIB), Origin.CLAIMED),
    expires_at=NOW + 240,
    use_case="Fast responses",
)
CODESTRAL = Model("codestral:22b", format="GGUF", quantisation="Q6_K", disk=Amount(18 * GIB, Origin.CLAIMED))

ROUTES = (
    Route("gpt-4", "openai/Llama-3.3-70B-Instruct", "http://hydra-ai:1008/v1", "a"),
    Route("gpt-3.5-turbo", "ollama/qwen2.5:7b", "http://hydra-compute:1006", "b"),
)


def hydra() -> Cluster:
    """The cluster of the architecture document, all well."""
    big = (gpu(0, "RTX 5090", 32607, 26.1), _cooler(1, "RTX 4090", 24564, 18.9))
    small = (_cooler(0, "RTX 5070 Ti", 16303, 9.3), _cooler(1, "RTX 3060", 12288, 4.0))
    nodes = (
        node("hydra-ai", host(12.4, 3.1, (41.2, 125.6), 62, *big)),
        node("hydra-compute", host(3.2, 0.8, (12.0, 62.7), 48, *small)),
        node("hydra-storage", host(41.9, 0.4, (11.2, 31.3), 81)),
    )
    return Cluster("hydra", NOW, nodes, _services(), _events())


def _cooler(index: int, name: str, total_mib: int, used_gib: float) -> Gpu:
    calm = {"utilisation_percent": 12.0, "temperature_c": 48.0, "power_w": 62.0, "power_limit_w": 300.0}
    return gpu(index, name, total_mib, used_gib, **calm)


def _services() -> tuple[Service, ...]:
    ai, compute, storage = "hydra-ai", "hydra-compute", "hydra-storage"
    litellm = service("litellm", "litellm", storage, Layer.ROUTING, 12, Fact("deployments", 3))
    tabby = service("tabbyapi", "tabbyapi", ai, Layer.INFERENCE, 8, Fact("cache_mode", "Q8"))
    ollama = service("ollama", "ollama", compute, Layer.INFERENCE, 5, Fact("loaded", 1))
    others = [
        service("comfyui", "http", compute, Layer.INFERENCE, 9),
        service("kokoro", "http", storage, Layer.INFERENCE, 11),
        service("qdrant", "http", storage, Layer.STORAGE, 3),
        service("postgres", "postgresql", storage, Layer.STORAGE, 1, Fact("connections", 31)),
        service("redis", "redis", storage, Layer.STORAGE, 1, Fact("clients", 4)),
        service("minio", "http", storage, Layer.STORAGE, 2),
        service("searxng", "http", storage, Layer.AUGMENTATION, 40),
        service("firecrawl", "http", storage, Layer.AUGMENTATION, 6),
        service("docling", "http", storage, Layer.AUGMENTATION, 18),
        service("miniflux", "http", storage, Layer.AUGMENTATION, 9),
        service("n8n", "http", storage, Layer.AUTOMATION, 7),
        service("open-webui", "http", ai, Layer.INTERFACE, 9),
        service("sillytavern", "http", ai, Layer.INTERFACE, 14),
        service("grafana", "http", storage, Layer.MONITORING, 8),
        service("vaultwarden", "http", storage, Layer.OTHER, 4),
    ]
    return (
        replace(litellm, routes=ROUTES),
        replace(tabby, models=(LLAMA, DEEPSEEK), gpus=(0, 1)),
        replace(ollama, models=(QWEN, CODESTRAL), gpus=(0,)),
        *others,
    )


def _events() -> tuple[Event, ...]:
    return (
        Event(NOW - 331, "tabbyapi", "loaded", "Llama-3.3-70B-Instruct"),
        Event(NOW - 135, "miniflux", "up", "after 9 min degraded"),
        Event(NOW - 62, "ollama", "loaded", "qwen2.5:7b"),
    )


def with_service(cluster: Cluster, name: str, state: State, reason: str) -> Cluster:
    """The same cluster with one service in another state."""
    services = (_changed(each, state, reason) if each.name == name else each for each in cluster.services)
    event = Event(NOW - 20, name, state.value, reason, state)
    return replace(cluster, services=tuple(services), events=(*cluster.events, event))


def _changed(service: Service, state: State, reason: str) -> Service:
    return replace(service, state=state, reason=reason, since=NOW - 20, latency_s=None, facts=())


def with_node(cluster: Cluster, name: str, state: State, reason: str) -> Cluster:
    """The same cluster with one node in another state."""
    return replace(
        cluster,
        nodes=tuple(
            replace(each, state=state, reason=reason, since=NOW - 20) if each.name == name else each
            for each in cluster.nodes
        ),
    )


def troubled() -> Cluster:
    """One service down, one refusing us, one busy, one degraded, one node gone."""
    cluster = with_service(hydra(), "ollama", State.DOWN, "connection refused by 192.0.2.20:11434")
    cluster = with_service(cluster, "qdrant", State.UNAUTHORISED, "HTTP 401: Must provide an API key")
    cluster = with_service(cluster, "comfyui", State.BUSY, "2 prompts queued")
    cluster = with_service(cluster, "miniflux", State.DEGRADED, "3 feeds failing")
    return with_node(cluster, "hydra-compute", State.DOWN, "no answer from hydra-compute:22 within 10 s")
