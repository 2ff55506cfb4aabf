"""The metrics that are read, by the names that their exporters give them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

HOST = (
    *("node_load1", "node_load5", "node_load15", "node_boot_time_seconds", "node_uname_info", "node_os_info"),
    *("node_memory_MemTotal_bytes", "node_memory_MemAvailable_bytes", "node_zfs_arc_size"),
    *("node_memory_SwapTotal_bytes", "node_memory_SwapFree_bytes"),
    *("node_filesystem_size_bytes", "node_filesystem_free_bytes", "node_filesystem_avail_bytes"),
)
"""Of node_exporter: levels; `queries` names its counters."""

MIB = 2.0**20

DCGM: Mapping[str, tuple[str, float]] = MappingProxyType(
    {
        "DCGM_FI_DEV_GPU_UTIL": ("utilisation_percent", 1.0),
        "DCGM_FI_DEV_MEM_COPY_UTIL": ("memory_utilisation_percent", 1.0),
        "DCGM_FI_DEV_FB_USED": ("vram_used_bytes", MIB),
        "DCGM_FI_DEV_FB_FREE": ("vram_free_bytes", MIB),
        "DCGM_FI_DEV_FB_RESERVED": ("vram_reserved_bytes", MIB),
        "DCGM_FI_DEV_GPU_TEMP": ("temperature_c", 1.0),
        "DCGM_FI_DEV_POWER_USAGE": ("power_w", 1.0),
        "DCGM_FI_DEV_POWER_MGMT_LIMIT": ("power_limit_w", 1.0),
        "DCGM_FI_DEV_SM_CLOCK": ("sm_clock_mhz", 1.0),
        "DCGM_FI_DEV_MEM_CLOCK": ("memory_clock_mhz", 1.0),
        "DCGM_FI_DEV_FAN_SPEED": ("fan_percent", 1.0),
        "DCGM_FI_DEV_CLOCK_THROTTLE_REASONS": ("throttle_mask", 1.0),
        "DCGM_FI_DEV_ECC_DBE_VOL_TOTAL": ("ecc_uncorrected", 1.0),
    }
)
"""Of dcgm-exporter (etc/default-counters.csv; some are off until they are asked for): what each is here,
and how many of our units one of its own makes."""

NVIDIA_SMI: Mapping[str, tuple[str, float]] = MappingProxyType(
    {
        "nvidia_smi_utilization_gpu_ratio": ("utilisation_percent", 100.0),
        "nvidia_smi_utilization_memory_ratio": ("memory_utilisation_percent", 100.0),
        "nvidia_smi_memory_total_bytes": ("vram_total_bytes", 1.0),
        "nvidia_smi_memory_used_bytes": ("vram_used_bytes", 1.0),
        "nvidia_smi_memory_reserved_bytes": ("vram_reserved_bytes", 1.0),
        "nvidia_smi_temperature_gpu": ("temperature_c", 1.0),
        "nvidia_smi_power_draw_watts": ("power_w", 1.0),
        "nvidia_smi_enforced_power_limit_watts": ("power_limit_w", 1.0),
        "nvidia_smi_clocks_current_sm_clock_hz": ("sm_clock_mhz", 1e-6),
        "nvidia_smi_clocks_current_memory_clock_hz": ("memory_clock_mhz", 1e-6),
        "nvidia_smi_fan_speed_ratio": ("fan_percent", 100.0),
        "nvidia_smi_clocks_event_reasons_active": ("throttle_mask", 1.0),
        "nvidia_smi_ecc_errors_uncorrected_volatile_total": ("ecc_uncorrected", 1.0),
        "nvidia_smi_pstate": ("pstate", 1.0),
    }
)
"""Of nvidia_gpu_exporter (docs/METRICS.md), in the same way. What a board does not tell is absent."""

NVIDIA_SMI_INFO = "nvidia_smi_gpu_info"
"""Always 1: it is there for its labels. All others carry only the uuid."""
