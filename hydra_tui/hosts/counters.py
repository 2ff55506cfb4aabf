"""Texts of `/proc` made into counters, wherever they were read."""

from __future__ import annotations

from collections.abc import Mapping

from hydra_tui.core.host import HostCounters
from hydra_tui.hosts import procfs


def kernel_counters(at: float, texts: Mapping[str, str]) -> HostCounters:
    """What the kernel counts, without disks and GPUs.

    `texts` are `/proc/stat` as `stat`, `/proc/meminfo` as `mem`, `/proc/loadavg` as `load`,
    `/proc/uptime` as `up` and `/proc/net/dev` as `net`; any may be missing.
    """
    busy, total = procfs.cpu_jiffies(texts.get("stat", ""))
    memory = procfs.meminfo(texts.get("mem", ""))
    load_1m, load_5m, load_15m = procfs.loads(texts.get("load", ""))
    received, sent = procfs.network_bytes(texts.get("net", ""))
    return HostCounters(
        at=at,
        cpu_busy_jiffies=busy,
        cpu_total_jiffies=total,
        cores=procfs.cores(texts.get("stat", "")),
        load_1m=load_1m,
        load_5m=load_5m,
        load_15m=load_15m,
        memory_total_bytes=memory.get("MemTotal"),
        memory_available_bytes=memory.get("MemAvailable"),
        swap_total_bytes=memory.get("SwapTotal"),
        swap_free_bytes=memory.get("SwapFree"),
        received_bytes=received,
        sent_bytes=sent,
        uptime_s=procfs.uptime(texts.get("up", "")),
    )
