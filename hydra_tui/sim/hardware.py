"""The machines of the simulated cluster: what is bolted in, before anything runs."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024**2
GIB = 1024**3
DAY_S = 86_400.0

DRIVER = "580.95.05"
"""The version that `nvidia-smi` shows on both GPU nodes."""

CUDA = "13.0"
"""The newest that this driver serves."""

OS = "Debian GNU/Linux 13 (trixie)"
"""On every machine."""


@dataclass(frozen=True, slots=True)
class GpuSpec:
    """One kind of card."""

    name: str
    memory_mib: int
    """`memory.total`."""
    reserved_mib: int
    """`memory.reserved`: neither used nor free."""
    context_mib: int
    """Used with no model loaded: driver and CUDA contexts."""
    idle_w: float
    limit_w: float
    idle_c: float
    hot_c: float
    """After minutes at full load."""
    sm_mhz: int
    memory_mhz: int
    pcie_generation: int
    """What card and slot agree on under load."""
    pcie_width: int = 16
    """Lanes of its slot, of the card's sixteen."""


@dataclass(frozen=True, slots=True)
class DiskSpec:
    """One file system on a real device."""

    device: str
    mount: str
    size_bytes: int
    used_bytes: int
    reserve_percent: float = 5.0
    """What ext4 keeps for root."""


@dataclass(frozen=True, slots=True)
class HostSpec:
    """One machine."""

    name: str
    cores: int
    memory_bytes: int
    swap_bytes: int
    disks: tuple[DiskSpec, ...]
    interface: str
    kernel: str
    booted_ago_s: float
    """Its uptime at second 0 of the world."""
    cpu_busy: tuple[float, float]
    """The range its CPU swings in without requests: shares of [0, 1]."""
    memory_in_use: tuple[float, float]
    received_bytes_per_s: tuple[float, float]
    sent_bytes_per_s: tuple[float, float]
    gpus: tuple[GpuSpec, ...] = ()


RTX_5090 = GpuSpec("NVIDIA GeForce RTX 5090", 32607, 517, 318, 21.0, 575.0, 36.0, 74.0, 2407, 14001, 5, 8)
RTX_4090 = GpuSpec("NVIDIA GeForce RTX 4090", 24564, 430, 286, 16.0, 450.0, 34.0, 71.0, 2520, 10501, 4, 8)
RTX_5070_TI = GpuSpec("NVIDIA GeForce RTX 5070 Ti", 16303, 408, 214, 11.0, 300.0, 33.0, 68.0, 2452, 14001, 5)
RTX_3060 = GpuSpec("NVIDIA GeForce RTX 3060", 12288, 306, 172, 13.0, 170.0, 38.0, 72.0, 1777, 7501, 4, 4)

HYDRA_AI = HostSpec(
    name="hydra-ai",
    cores=32,
    memory_bytes=94 * GIB,
    swap_bytes=8 * GIB,
    disks=(
        DiskSpec("/dev/nvme0n1p2", "/", 491_000_000_000, 143_000_000_000),
        DiskSpec("/dev/nvme1n1p1", "/srv/models", 983_000_000_000, 402_000_000_000),
    ),
    interface="enp5s0",
    kernel="6.12.48",
    booted_ago_s=23.4 * DAY_S,
    cpu_busy=(0.04, 0.22),
    memory_in_use=(0.30, 0.36),
    received_bytes_per_s=(30e3, 900e3),
    sent_bytes_per_s=(60e3, 1.6e6),
    gpus=(RTX_5090, RTX_4090),
)

HYDRA_COMPUTE = HostSpec(
    name="hydra-compute",
    cores=16,
    memory_bytes=62 * GIB,
    swap_bytes=8 * GIB,
    disks=(
        DiskSpec("/dev/nvme0n1p2", "/", 491_000_000_000, 208_000_000_000),
        DiskSpec("/dev/sda1", "/srv/models", 492_000_000_000, 196_000_000_000),
    ),
    interface="enp4s0",
    kernel="6.12.48",
    booted_ago_s=23.4 * DAY_S - 311.0,
    cpu_busy=(0.05, 0.30),
    memory_in_use=(0.26, 0.34),
    received_bytes_per_s=(20e3, 600e3),
    sent_bytes_per_s=(40e3, 1.1e6),
    gpus=(RTX_5070_TI, RTX_3060),
)

HYDRA_STORAGE = HostSpec(
    name="hydra-storage",
    cores=8,
    memory_bytes=31 * GIB,
    swap_bytes=4 * GIB,
    disks=(
        DiskSpec("/dev/sda2", "/", 237_000_000_000, 88_000_000_000),
        DiskSpec("/dev/md0", "/srv/data", 7_870_000_000_000, 5_310_000_000_000),
    ),
    interface="eno1",
    kernel="6.12.48",
    booted_ago_s=61.7 * DAY_S,
    cpu_busy=(0.06, 0.34),
    memory_in_use=(0.42, 0.52),
    received_bytes_per_s=(80e3, 4.2e6),
    sent_bytes_per_s=(90e3, 5.8e6),
)

CLUSTER = (HYDRA_AI, HYDRA_COMPUTE, HYDRA_STORAGE)
