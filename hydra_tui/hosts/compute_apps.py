"""What `nvidia-smi --query-compute-apps=… --format=csv,noheader,nounits` prints."""

from __future__ import annotations

from hydra_tui.core.processes import GpuProcess
from hydra_tui.core.text import inert
from hydra_tui.hosts.number import decimal, whole

APPS = ("gpu_uuid", "pid", "process_name", "used_memory")
"""Memory in MiB. They have been these for a decade: no driver refuses one."""

_MIB = 1024 * 1024
_NO_NAME = ("", "-", "N/A")


def parse(line: str) -> GpuProcess | None:
    """One process on one GPU; `None` when the line is no row.

    Names may hold commas, so that a row is read from both its ends. A process id of the host may
    be withheld (`[Insufficient Permissions]`): then there is no process to speak of.
    """
    uuid, _, rest = line.partition(",")
    pid, _, rest = rest.partition(",")
    name, comma, used = rest.rpartition(",")
    number = whole(pid.strip())
    if not comma or number is None:
        return None
    mib = decimal(used.strip())
    return GpuProcess(
        gpu_uuid=inert(uuid.strip(), 80),
        pid=number,
        name=_name(name.strip()),
        vram_bytes=None if mib is None else round(mib * _MIB),
    )


def _name(text: str) -> str | None:
    return None if text in _NO_NAME or text.startswith("[") else inert(text, 120)
