from __future__ import annotations

import os
from pathlib import Path

from hydra_tui.hosts import mounts


def test_the_root_is_measured_like_df_does() -> None:
    (root,) = (disk for disk in mounts.disks(Path("/proc/self/mounts")) if disk.mount == "/")
    found = os.statvfs("/")
    assert root.size_bytes == found.f_blocks * found.f_frsize
    assert 0 < root.used_bytes < root.size_bytes


def test_names_with_spaces_are_read_back_and_a_bind_mount_is_the_same_disk(tmp_path: Path) -> None:
    (tmp_path / "my models").mkdir()
    table = tmp_path / "mounts"
    spelt = str(tmp_path / "my models").replace(" ", "\\040")
    table.write_text(f"/dev/sda1 {spelt} ext4 rw 0 0\n/dev/sda1 {spelt}/.. ext4 rw 0 0\n")
    (disk,) = mounts.disks(table)
    assert (disk.device, disk.mount) == ("/dev/sda1", f"{tmp_path}/my models")


def test_what_is_gone_pseudo_or_torn_is_left_out(tmp_path: Path) -> None:
    table = tmp_path / "mounts"
    table.write_text(
        f"/dev/sdb1 {tmp_path}/gone ext4 rw 0 0\ntmpfs {tmp_path} tmpfs rw 0 0\n/dev/sdc1\n\n/dev/x \\000 y\n"
    )
    assert mounts.disks(table) == ()


def test_no_table_is_no_disk(tmp_path: Path) -> None:
    assert mounts.disks(tmp_path / "mounts") == ()
