"""The lines that the sampling loop prints on a simulated host; their format is told in `hosts.script`."""

from __future__ import annotations

from collections.abc import Iterator

from hydra_tui.hosts.nvidia_smi import FIELDS
from hydra_tui.hosts.script import MARK
from hydra_tui.sim.gpus import GpuReading
from hydra_tui.sim.hardware import DRIVER, DiskSpec
from hydra_tui.sim.host import Host, HostReading

NOT_INSTALLED = 127


def rare_lines(host: Host) -> list[str]:
    """Those of a slow tick: what hardly changes."""
    spec = host.spec
    lines = [f"cores {spec.cores}", f"kernel {spec.kernel}"]
    lines.append("df Filesystem 1-blocks Used Available Capacity Mounted on")
    lines += [f"df {_df_row(disk)}" for disk in spec.disks]
    lines.append("df-end")
    if not spec.gpus:
        lines.append(f"gpu-end {NOT_INSTALLED}")
    return lines


def frame_lines(host: Host, tick: int) -> list[str]:
    """Those of every tick: a look at the GPUs, then the kernel's numbers."""
    gpus = zip(host.uuids, host.read_gpus(), strict=True)
    lines = [f"gpu {nvidia_row(index, uuid, gpu)}" for index, (uuid, gpu) in enumerate(gpus)]
    return [*lines, f"tick {tick}", *_kernel_lines(host, host.read()), f"end {tick}"]


def marked(lines: list[str]) -> str:
    """The lines as they go over the wire."""
    return "".join(f"{MARK}{line}\n" for line in lines)


def nvidia_row(index: int, uuid: str, gpu: GpuReading) -> str:
    """A row of `nvidia-smi --query-gpu=… --format=csv,noheader,nounits`."""
    values = {
        "index": index,
        "uuid": uuid,
        "name": gpu.spec.name,
        "driver_version": DRIVER,
        "pstate": gpu.pstate,
        "memory.total": gpu.spec.memory_mib,
        "memory.used": gpu.used_mib,
        "memory.free": gpu.free_mib,
        "memory.reserved": gpu.spec.reserved_mib,
        "utilization.gpu": gpu.utilisation_percent,
        "temperature.gpu": gpu.temperature_c,
        "power.draw": f"{gpu.power_w:.2f}",
        "enforced.power.limit": f"{gpu.spec.limit_w:.2f}",
        "clocks.current.sm": gpu.sm_mhz,
        "clocks.current.memory": gpu.memory_mhz,
        "fan.speed": gpu.fan_percent,
    }
    return ", ".join(str(values.get(field, "[N/A]")) for field in FIELDS)


def _df_row(disk: DiskSpec) -> str:
    available = int(disk.size_bytes * (1 - disk.reserve_percent / 100)) - disk.used_bytes
    share = round(100 * disk.used_bytes / (disk.used_bytes + available))
    return f"{disk.device} {disk.size_bytes} {disk.used_bytes} {available} {share}% {disk.mount}"


def _kernel_lines(host: Host, look: HostReading) -> Iterator[str]:
    user = look.busy_jiffies * 4 // 5
    yield f"stat cpu {user} 0 {look.busy_jiffies - user} {look.idle_jiffies} 0 0 0 0 0 0"
    yield f"mem MemTotal: {host.spec.memory_bytes // 1024} kB"
    yield f"mem MemAvailable: {look.memory_available_bytes // 1024} kB"
    yield f"mem SwapTotal: {host.spec.swap_bytes // 1024} kB"
    yield f"mem SwapFree: {host.spec.swap_bytes // 1024} kB"
    yield "load {:.2f} {:.2f} {:.2f} 1/912 48213".format(*look.loads)
    yield f"up {look.uptime_s:.2f} {look.idle_jiffies / 100:.2f}"
    yield f"net {host.spec.interface}: {look.received_bytes} 1 0 0 0 0 0 0 {look.sent_bytes} 1 0 0 0 0 0 0"
