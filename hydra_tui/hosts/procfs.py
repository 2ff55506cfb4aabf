"""What the kernel prints under `/proc`, as numbers (proc(5)). What does not parse is `None`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase

from hydra_tui.hosts.number import decimal, whole

VIRTUAL_INTERFACES = (
    *("lo", "dummy*", "ifb*", "veth*", "docker*", "br-*", "br[0-9]*", "virbr*", "vmbr*"),
    *("fwbr*", "fwln*", "fwpr*", "tap*", "tun*", "vnet*", "bond*", "team*", "*.*", "vxlan*"),
    *("cni*", "cali*", "flannel*", "kube-*", "lxc*", "lxdbr*", "tailscale*", "wg*", "zt*"),
)
"""Patterns of interface names whose bytes never reach a wire, or reach it through another interface.

Understood alike by a shell's `case` and by `fnmatch`.
"""

_CPU_COLUMNS = 8
"""user nice system idle iowait irq softirq steal; guest time is already part of user."""
_RECEIVED, _SENT = 0, 8
_NET_COLUMNS = 16


def cpu_jiffies(stat: str) -> tuple[int, int] | tuple[None, None]:
    """Busy and total jiffies since boot, from the line `cpu …` that opens `/proc/stat`.

    Waiting for a disk is not busy. Kernels that print fewer columns are read as far as they go.
    """
    label, *columns = stat.partition("\n")[0].split()[: _CPU_COLUMNS + 1] or [""]
    spent = [number for number in map(whole, columns) if number is not None]
    if label != "cpu" or len(spent) < 4 or len(spent) != len(columns):
        return None, None
    total = sum(spent)
    return total - sum(spent[3:5]), total


def cores(stat: str) -> int | None:
    """Processors that are online: lines `cpu0`, `cpu1`, … of `/proc/stat`."""
    names = (line.partition(" ")[0] for line in stat.splitlines())
    return sum(name.startswith("cpu") and name[3:].isdecimal() for name in names) or None


def meminfo(text: str) -> Mapping[str, int]:
    """Bytes by name, of the lines in kB of `/proc/meminfo`."""
    sizes = {}
    for line in text.splitlines():
        name, _, rest = line.partition(":")
        match rest.split():
            case [number, "kB"] if (kib := whole(number)) is not None:
                sizes[name] = kib * 1024
    return sizes


def loads(text: str) -> tuple[float | None, float | None, float | None]:
    """Load averages over 1, 5 and 15 minutes, from `/proc/loadavg`."""
    one, five, fifteen, *_ = (*map(decimal, text.split()[:3]), None, None, None)
    return one, five, fifteen


def uptime(text: str) -> float | None:
    """Seconds since boot, from `/proc/uptime`."""
    return decimal(text.partition(" ")[0].strip())


def network_bytes(text: str) -> tuple[int, int] | tuple[None, None]:
    """Bytes received and sent since boot by all interfaces of `/proc/net/dev` that are not virtual."""
    pairs = [pair for line in text.splitlines() if (pair := _interface(line))]
    if not pairs:
        return None, None
    return sum(received for received, _ in pairs), sum(sent for _, sent in pairs)


def _interface(line: str) -> tuple[int, int] | None:
    name, _, rest = line.partition(":")
    columns = rest.split()
    if len(columns) != _NET_COLUMNS or is_virtual(name.strip()):
        return None
    received, sent = whole(columns[_RECEIVED]), whole(columns[_SENT])
    return None if received is None or sent is None else (received, sent)


def is_virtual(interface: str) -> bool:
    """Whether an interface's bytes are not, or already, counted elsewhere."""
    return matches(interface, VIRTUAL_INTERFACES)


def matches(name: str, patterns: Iterable[str]) -> bool:
    """Whether a name fits one of the shell patterns, case and all."""
    return any(fnmatchcase(name, pattern) for pattern in patterns)
