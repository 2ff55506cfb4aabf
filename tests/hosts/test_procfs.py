from __future__ import annotations

import pytest

from hydra_tui.hosts import procfs

STAT = """\
cpu  100 10 50 800 30 5 5 0 20 0
cpu0 50 5 25 400 15 3 2 0 10 0
cpu1 50 5 25 400 15 2 3 0 10 0
intr 12345 0 0 0
ctxt 999
cpufreq 1
"""

NET = """\
Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls
    lo: 9000000      10    0    0    0     0          0         0  9000000      10    0    0    0   0   0   0
  eth0:1000 24 0 0 0 0 0 0 880 21 0 0 0 0 0 0
enp5s0: 500 1 0 0 0 0 0 0 20 1 0 0 0 0 0 0
veth12ab: 77 1 0 0 0 0 0 0 77 1 0 0 0 0 0 0
docker0: 77 1 0 0 0 0 0 0 77 1 0 0 0 0 0 0
br-5f0c: 77 1 0 0 0 0 0 0 77 1 0 0 0 0 0 0
virbr0: 77 1 0 0 0 0 0 0 77 1 0 0 0 0 0 0
tailscale0: 77 1 0 0 0 0 0 0 77 1 0 0 0 0 0 0
eth0.100: 77 1 0 0 0 0 0 0 77 1 0 0 0 0 0 0
"""


@pytest.mark.parametrize(
    ("text", "busy_and_total"),
    [
        (STAT, (170, 1000)),
        ("cpu 100 10 50 840", (160, 1000)),
        ("cpu 1 2 3", (None, None)),
        ("cpu 1 2 3 x", (None, None)),
        ("cpu0 50 5 25 400 15 3 2 0 10 0", (None, None)),
        ("cpu 1 2 3 -4", (None, None)),
        ("", (None, None)),
        ("\n", (None, None)),
    ],
)
def test_waiting_for_a_disk_and_guest_time_are_not_counted_as_busy_twice(
    text: str, busy_and_total: tuple[int | None, int | None]
) -> None:
    assert procfs.cpu_jiffies(text) == busy_and_total


@pytest.mark.parametrize(("text", "count"), [(STAT, 2), ("cpu 1 2 3 4", None), ("", None), ("cpuX 1", None)])
def test_cores_are_the_numbered_lines(text: str, count: int | None) -> None:
    assert procfs.cores(text) == count


def test_meminfo_is_in_bytes_and_leaves_out_what_has_no_unit_or_no_number() -> None:
    text = "MemTotal:       65780024 kB\nMemAvailable: x kB\nHugePages_Total:       4\nSwapFree: 0 kB\nnoise"
    assert procfs.meminfo(text) == {"MemTotal": 65780024 * 1024, "SwapFree": 0}


@pytest.mark.parametrize(
    ("text", "averages"),
    [
        ("0.20 0.18 0.12 1/80 11206\n", (0.20, 0.18, 0.12)),
        ("0.20 x", (0.20, None, None)),
        ("", (None, None, None)),
    ],
)
def test_load_averages_that_are_missing_are_no_reading(
    text: str, averages: tuple[float | None, float | None, float | None]
) -> None:
    assert procfs.loads(text) == averages


@pytest.mark.parametrize(
    ("text", "seconds"), [("350735.47 234388.90\n", 350735.47), ("", None), ("up", None)]
)
def test_uptime_is_the_first_number(text: str, seconds: float | None) -> None:
    assert procfs.uptime(text) == seconds


@pytest.mark.parametrize(
    ("text", "received_and_sent"),
    [
        (NET, (1500, 900)),
        ("lo: 1 1 0 0 0 0 0 0 1 1 0 0 0 0 0 0", (None, None)),
        ("eth0: 1 2 3", (None, None)),
        ("eth0: x 24 0 0 0 0 0 0 880 21 0 0 0 0 0 0", (None, None)),
        ("", (None, None)),
    ],
)
def test_only_bytes_of_real_interfaces_count_and_no_interface_is_no_reading(
    text: str, received_and_sent: tuple[int | None, int | None]
) -> None:
    assert procfs.network_bytes(text) == received_and_sent
