from __future__ import annotations

from pathlib import Path

import pytest

from hydra_tui.hosts import seldom_facts


def sensors(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


@pytest.mark.parametrize(
    ("files", "degrees"),
    [
        ({}, None),
        ({"hwmon/hwmon0/name": "nvme\n", "hwmon/hwmon0/temp1_input": "99000\n"}, None),
        ({"hwmon/hwmon1/name": "k10temp\n", "hwmon/hwmon1/temp1_input": "54500\n"}, 54.5),
        ({"hwmon/hwmon1/name": "coretemp\n", "hwmon/hwmon1/temp1_input": "broken\n"}, None),
        ({"thermal/thermal_zone3/type": "x86_pkg_temp\n", "thermal/thermal_zone3/temp": "61000\n"}, 61.0),
        ({"thermal/thermal_zone0/type": "acpitz\n", "thermal/thermal_zone0/temp": "27800\n"}, None),
        (
            {
                "hwmon/hwmon0/name": "coretemp\n",
                "hwmon/hwmon0/temp1_input": "40000\n",
                "thermal/thermal_zone0/type": "cpu-thermal\n",
                "thermal/thermal_zone0/temp": "50000\n",
            },
            40.0,
        ),
    ],
)
def test_the_processor_is_as_warm_as_its_own_sensor_says(
    tmp_path: Path, files: dict[str, str], degrees: float | None
) -> None:
    assert seldom_facts.processor_c(sensors(tmp_path, files)) == degrees


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('ID=debian\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n', "Debian GNU/Linux 12 (bookworm)"),
        ("PRETTY_NAME='Alpine'\n", "Alpine"),
        ("PRETTY_NAME=Void\x1b[31m\n", "Void\\x1b[31m"),
        ("ID=x\n", None),
    ],
)
def test_a_system_calls_itself_by_its_pretty_name(tmp_path: Path, text: str, name: str | None) -> None:
    (tmp_path / "os-release").write_text(text)
    assert seldom_facts.os_name(tmp_path / "os-release") == name


def test_the_cache_of_zfs_counts_above_the_least_that_it_keeps(tmp_path: Path) -> None:
    stats = (
        "13 1 0x01 123 33456 1 2\nname  type data\nc_min 4 1000\nc_max 4 9000\nsize 4 3500\ndata_size 4 9\n"
    )
    assert seldom_facts.zfs_cache_bytes(sensors(tmp_path, {"spl/kstat/zfs/arcstats": stats})) == 2500
    assert seldom_facts.zfs_cache_bytes(tmp_path / "none") is None
