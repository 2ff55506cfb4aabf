"""The sampling loop that a node runs for us: one POSIX shell, one SSH channel, one frame a tick.

The loop itself is `sampling.sh`. It forks nothing a tick but `sleep`; every other number comes from
`/proc` through the shell's own `read`. `df` and the start of `nvidia-smi` belong to the slow tick, the
first and then about every 30 seconds; the processes on GPUs are looked up about every 10. Both run
beside the loop, so that a dead mount or a dead driver cannot stop the frames.

**What it prints.** Lines. Each starts with `MARK`, a section and a space, so that a start file's
greetings and other noise are told apart; the rest is as the kernel or the tool printed it. Example::

    @hydra:cores 16
    @hydra:kernel 6.1.0-18-amd64
    @hydra:os "Debian GNU/Linux 12 (bookworm)"
    @hydra:temp 54000
    @hydra:arc size 8589934592
    @hydra:tick 1
    @hydra:stat cpu 10132153 290696 3084719 46828483 16683 0 25195 0 175628 0
    @hydra:mem MemTotal: 65780024 kB
    @hydra:mem MemAvailable: 61203344 kB
    @hydra:mem SwapTotal: 0 kB
    @hydra:mem SwapFree: 0 kB
    @hydra:load 0.20 0.18 0.12 1/80 11206
    @hydra:up 350735.47 234388.90
    @hydra:net eth0: 1296 24 0 0 0 0 0 0 880 21 0 0 0 0 0 0
    @hydra:end 1
    @hydra:df Filesystem 1-blocks Used Available Capacity Mounted on
    @hydra:df /dev/sda1 225000000000 60000000000 153000000000 29% /
    @hydra:df-end
    @hydra:gpu 0, GPU-8a…, NVIDIA L40S, 590.44.01, 46068, 0, 0, 38, 35.1, 350.00, 210, 405, [N/A], …
    @hydra:gpu-end 9
    @hydra:cuda CUDA Version                              : 13.0
    @hydra:app GPU-8a…, 4211, /usr/local/bin/ollama, 8123
    @hydra:app-user 4211 ollama
    @hydra:app-cgroup 4211 0::/system.slice/ollama.service
    @hydra:app-cmd 4211 /usr/local/bin/ollama runner --port 41234
    @hydra:app-end 0

- A frame is what stands between `tick N` and `end N` (N counts from 1): `stat` is the first line of
  `/proc/stat`; `mem` the four lines above of `/proc/meminfo`; `load` `/proc/loadavg`; `up`
  `/proc/uptime`; `net` one line per interface of `/proc/net/dev` that is not virtual. A frame is
  written at once, but a section that the host lacks is missing.
- All others may come at any moment, between the lines of a frame too, and hold until they come again.
- `os`: `PRETTY_NAME` of os-release(5). `temp`: the processor, in thousandths of a degree. `arc`: ZFS'
  cache, its size and the least it keeps (`c_min`), in bytes.
- `df`: what `df -P -B1` (else `-P -k`) says, header first; `df-end` makes the table count.
- `gpu`: one line per GPU and look of `nvidia-smi` (the first of the `QUERIES` of `nvidia_smi.py` in
  which the driver refuses no field), or whatever else the tool says, word for word. `cuda`: which CUDA
  it serves, once per start of the tool.
- `gpu-end CODE`: the tool ended with that exit code; 127 is "not installed". It is started again on
  a later slow tick.
- `app` … `app-end CODE`: a list of processes, each of which may be followed by its user, the lines of
  its `/proc/PID/cgroup` that name systemd's group or the memory controller's, and the beginning of its
  command line. Of a process that hides from the loop's user there is only the `app` line.

The second frame follows the first within a second: it completes it (rates, disks, GPUs).

**How it ends.** On HUP, INT, TERM or PIPE, or when its standard output is gone, the loop stops
`nvidia-smi` and itself at once. Killed outright, it leaves nothing longer than a tick of `nvidia-smi`:
whoever prefixes the GPU lines looks for the loop at each of them, and stops the tool when it is gone.
"""

from __future__ import annotations

import math
import re
import shlex
from importlib.resources import files

from hydra_tui.hosts.compute_apps import APPS
from hydra_tui.hosts.nvidia_smi import QUERIES
from hydra_tui.hosts.procfs import VIRTUAL_INTERFACES
from hydra_tui.hosts.source import PROCESSES_EVERY_S, SECOND_LOOK_S

MARK = "@hydra:"
"""How every line of the loop begins."""

NAME = "hydra-sampling"
"""The loop's `$0`: what `ps` shows of it, and how a simulated host knows the command."""

SLOW_EVERY_S = 30.0
"""Seconds between two looks at disks, cores and a tool that had ended."""

_FASTEST_GPU_MS = 1000
"""`nvidia-smi` costs up to hundreds of milliseconds a look."""

_COMMAND = re.compile(rf"\b{NAME} (\d{{1,6}}(?:\.\d{{1,6}})?) ")


def sampling_command(interval_s: float) -> str:
    """One command line for the login shell of a node; a frame every `interval_s` seconds.

    Raises `ValueError` when the interval is not a positive number of seconds below a day.
    """
    if not 0.01 <= interval_s <= 86_400:
        raise ValueError(f"a sampling interval of {interval_s} s is out of range")
    arguments = (
        _seconds(interval_s),
        str(max(1, round(SLOW_EVERY_S / interval_s))),
        str(math.ceil(interval_s)),
        str(max(_FASTEST_GPU_MS, round(interval_s * 1000))),
        _seconds(min(SECOND_LOOK_S, interval_s)),
        str(max(1, round(PROCESSES_EVERY_S / interval_s))),
    )
    return f"exec /bin/sh -c {shlex.quote(_script())} {NAME} {' '.join(arguments)}"


def is_sampling_command(command: str) -> float | None:
    """The interval in seconds when `command` is (or wraps) the sampling loop, else `None`."""
    found = _COMMAND.search(command)
    return float(found[1]) if found else None


def _script() -> str:
    lines = files(__package__).joinpath("sampling.sh").read_text().splitlines()
    text = "\n".join(line for line in lines if not line.lstrip().startswith("#"))
    virtual = "|".join(f"{pattern}:*" for pattern in VIRTUAL_INTERFACES)
    queries = " ".join(map(",".join, QUERIES))
    blanks = {"@": MARK, "VIRTUAL": virtual, "QUERIES": queries, "APPS": ",".join(APPS)}
    for blank, filling in blanks.items():
        text = text.replace(blank, filling)
    return text


def _seconds(seconds: float) -> str:
    return f"{seconds:.3f}".rstrip("0").rstrip(".")
