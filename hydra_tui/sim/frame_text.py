"""The lines that the sampling loop prints on a simulated host; their format is told in `hosts.script`."""

from __future__ import annotations

from collections.abc import Iterator

from hydra_tui.hosts.nvidia_smi import FIELDS
from hydra_tui.hosts.script import MARK
from hydra_tui.sim.gpus import PCIE_WIDTH, GpuReading
from hydra_tui.sim.hardware import CUDA, DRIVER, MIB, OS, DiskSpec
from hydra_tui.sim.host import Host, HostReading

NOT_INSTALLED = 127


def rare_lines(host: Host) -> list[str]:
    """Those of a slow tick: what hardly changes."""
    spec = host.spec
    lines = [f"cores {spec.cores}", f"kernel {spec.kernel}", f'os "{OS}"']
    lines.append("df Filesystem 1-blocks Used Available Capacity Mounted on")
    lines += [f"df {_df_row(disk)}" for disk in spec.disks]
    lines.append("df-end")
    lines.append(f"cuda CUDA Version                              : {CUDA}" if spec.gpus else _NO_TOOL)
    return lines


_NO_TOOL = f"gpu-end {NOT_INSTALLED}"


def seldom_lines(host: Host) -> list[str]:
    """Those of every few ticks: the processor's temperature, and the processes on the GPUs."""
    lines = [f"temp {host.processor_c() * 1000:.0f}"]
    if not host.spec.gpus:
        return lines
    for process in host.processes():
        pid, program = process.pid, process.program
        held = zip(host.uuids, process.split, strict=True)
        lines += [f"app {uuid}, {pid}, {program.executable}, {size // MIB}" for uuid, size in held if size]
        lines.append(f"app-user {pid} {program.user}")
        lines.append(f"app-cgroup {pid} 0::/system.slice/{program.unit}")
        lines.append(f"app-cmd {pid} {process.command}")
    return [*lines, "app-end 0"]


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
        "utilization.memory": gpu.memory_utilisation_percent,
        "clocks_event_reasons.active": f"0x{gpu.reasons:016x}",
        "pcie.link.gen.current": gpu.pcie_generation,
        "pcie.link.gen.max": gpu.spec.pcie_generation,
        "pcie.link.width.current": gpu.spec.pcie_width,
        "pcie.link.width.max": PCIE_WIDTH,
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
