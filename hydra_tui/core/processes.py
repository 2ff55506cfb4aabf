"""Processes that hold memory on a GPU, and what holds them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Keeper:
    """What started a process and would start it again, as its control group says."""

    unit: str = ""
    """The systemd unit, `ollama.service`; empty outside of one."""
    container: str = ""
    """The container's id (its first 12 digits) or name; empty outside of one."""
    runtime: str = ""
    """Whose container it is: `docker`, `podman`, `kubernetes`, `containerd`, `lxc`, `nspawn`."""
    of_user: bool = False
    """The unit belongs to a user's own systemd (`systemctl --user`)."""


@dataclass(frozen=True, slots=True)
class GpuProcess:
    """One process on one GPU; one that uses two GPUs is there twice. `None` is "not known"."""

    gpu_uuid: str
    pid: int
    name: str | None = None
    """The executable, as the driver calls it."""
    vram_bytes: int | None = None
    readable: bool = False
    """Whether `/proc` told of it; else it is another user's, hidden from us, or gone."""
    user: str | None = None
    command: str | None = None
    """The beginning of its command line, inert and without secrets."""
    keeper: Keeper | None = None
