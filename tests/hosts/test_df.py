from __future__ import annotations

import pytest

from hydra_tui.core.host import Disk
from hydra_tui.hosts import df

COREUTILS = """\
Filesystem              1-blocks         Used    Available Capacity Mounted on
udev                 12630552576            0  12630552576       0% /dev
tmpfs                 2527651430      1847296   2525804134       1% /run
/dev/nvme0n1p2      225000000000  60000000000 153000000000      29% /
/dev/nvme0n1p2      225000000000  60000000000 153000000000      29% /var/lib/docker/volumes
overlay             225000000000  60000000000 153000000000      29% /var/lib/docker/overlay2/4f/merged
/dev/loop3              67108864     67108864            0     100% /snap/core20/1974
/dev/sda1          4000000000000 100000000000 3700000000000      3% /mnt/my models
nas:/export/models 8000000000000 100000000000 7900000000000      2% /mnt/nas
//nas/My Share     8000000000000 100000000000 7900000000000      2% /mnt/smb
tank/models        1000000000000 100000000000  900000000000     10% /tank/models
/dev/sr0                       0            0            0       -  /media/cdrom
"""

BUSYBOX = """\
Filesystem           1024-blocks    Used Available Capacity Mounted on
/dev/root               30221312  6124544  22538432  21% /
tmpfs                     507904        0    507904   0% /dev/shm
/dev/mmcblk0p1            258095    51820    206275  20% /boot
"""


def test_real_disks_of_coreutils_are_listed_once_at_their_shortest_mount_point() -> None:
    disks = df.parse(COREUTILS)
    assert [(disk.device, disk.mount) for disk in disks] == [
        ("/dev/nvme0n1p2", "/"),
        ("/dev/sda1", "/mnt/my models"),
        ("nas:/export/models", "/mnt/nas"),
        ("//nas/My Share", "/mnt/smb"),
        ("tank/models", "/tank/models"),
    ]
    assert disks[0] == Disk("/dev/nvme0n1p2", "/", 225_000_000_000, 60_000_000_000, 153_000_000_000)


def test_busybox_counts_in_kib() -> None:
    assert df.parse(BUSYBOX) == (
        Disk("/dev/root", "/", 30221312 * 1024, 6124544 * 1024, 22538432 * 1024),
        Disk("/dev/mmcblk0p1", "/boot", 258095 * 1024, 51820 * 1024, 206275 * 1024),
    )


def test_the_root_of_a_container_counts_although_it_is_an_overlay() -> None:
    table = "Filesystem 1-blocks Used Available Capacity Mounted on\noverlay 1000 600 300 67% /\n"
    assert df.parse(table) == (Disk("overlay", "/", 1000, 600, 300),)


def test_a_device_that_hides_another_on_the_same_mount_point_is_the_one_listed() -> None:
    hidden, shown = Disk("rootfs", "/", 10, 1, 9), Disk("/dev/sda1", "/", 20, 1, 19)
    assert df.distinct([hidden, shown]) == (shown,)


@pytest.mark.parametrize(
    "table",
    [
        "",
        "df: unrecognized option: B",
        "Filesystem 512-blocks Used Available Capacity Mounted on\n/dev/sda1 1 1 1 1% /",
        "Filesystem 1-blocks Used Available Capacity Mounted on",
        "Filesystem 1-blocks Used Available Capacity Mounted on\n/dev/sda1 1 x 1 1% /",
        "Filesystem 1-blocks Used Available Capacity Mounted on\n/dev/sda1 1 1 1 1% relative",
        "Filesystem 1-blocks Used Available Capacity Mounted on\n/dev/sda1 -5 1 1 1% /",
    ],
)
def test_what_is_no_table_of_disks_gives_none(table: str) -> None:
    assert df.parse(table) == ()


def test_a_hostile_mount_point_is_made_inert() -> None:
    table = "Filesystem 1-blocks Used Available Capacity Mounted on\n/dev/sda1 10 1 9 1% /a\x1b[31m"
    assert df.parse(table)[0].mount == "/a\\x1b[31m"
