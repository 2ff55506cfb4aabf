"""What a metrics server's two answers mean for one node."""

from __future__ import annotations

import pytest

from hydra_tui.core.errors import NothingKnown, ServiceFailed, TargetError
from hydra_tui.core.gpu import Gpu
from hydra_tui.core.host import Disk, HostSample
from hydra_tui.core.throttle import Throttle
from hydra_tui.hosts.prometheus.exporter import exporters
from hydra_tui.hosts.prometheus.instance import spellings
from hydra_tui.hosts.prometheus.reply import series_of
from hydra_tui.hosts.prometheus.told import NO_GPUS, NO_PROCESSES, Told
from tests.hosts.metrics_server import NOW, host_levels, host_rates, level, rate, recorded, told

GIB = 2**30
MIB = 2**20


@pytest.fixture
def recording() -> Told:
    found = exporters(series_of(recorded("levels")), series_of(recorded("rates")), "instance")
    return Told(found, "instance", 15.0)


def failure(known: Told, wanted: str) -> TargetError:
    with pytest.raises(TargetError) as raised:
        known.sample(wanted)
    return raised.value


def test_a_recorded_host_is_told_whole(recording: Told) -> None:
    sample = recording.sample("hydra-ai:9100")
    assert sample == HostSample(
        at=1795347371.282,
        cores=2,
        cpu_percent=100 * 0.0500000000001819 / 1.9900000000006912,
        load_1m=0.99,
        load_5m=1.94,
        load_15m=1.9,
        memory_total_bytes=25276514304,
        memory_available_bytes=24707076096,
        swap_total_bytes=0,
        swap_free_bytes=0,
        received_bytes_per_s=0.0,
        sent_bytes_per_s=0.0,
        uptime_s=1795347371.282 - 1795338913,
        kernel="6.18.44-fc-v595",
        os="Debian GNU/Linux 12 (bookworm)",
        disks=(Disk("/dev/vda", "/", 270553174016, 14555246592, 83238047744),),
        gpu_note=NO_GPUS,
    )


def test_the_exporters_of_one_host_are_joined_whatever_their_ports(recording: Told) -> None:
    sample = recording.sample("hydra-ai")
    assert sample.cores == 2
    assert [gpu.index for gpu in sample.gpus] == [0, 1]
    assert (sample.gpu_note, sample.gpu_process_note) == ("", NO_PROCESSES)


def test_dcgm_counts_memory_in_mib_and_names_no_total(recording: Told) -> None:
    gpu = recording.sample("hydra-ai").gpus[0]
    assert gpu == Gpu(
        index=0,
        uuid="GPU-604ac76c-d9cf-fef3-62e9-d92044ab6e52",
        name="NVIDIA L40S",
        vram_total_bytes=(12034 + 33555 + 478) * MIB,
        vram_used_bytes=12034 * MIB,
        vram_reserved_bytes=478 * MIB,
        utilisation_percent=37.0,
        memory_utilisation_percent=12.0,
        temperature_c=51.0,
        power_w=212.734,
        sm_clock_mhz=2490.0,
        memory_clock_mhz=9001.0,
        driver="590.44.01",
    )


def test_mig_instances_share_out_the_memory_and_their_utilisation_of_0_is_no_reading(recording: Told) -> None:
    gpu = recording.sample("hydra-ai").gpus[1]
    assert gpu.mig is True
    assert gpu.vram_used_bytes == (968 + 17868) * MIB
    assert gpu.vram_total_bytes == (968 + 17868 + 19000 + 2100 + 400) * MIB
    assert (gpu.utilisation_percent, gpu.memory_utilisation_percent) == (None, None)
    assert (gpu.temperature_c, gpu.sm_clock_mhz) == (44.0, 1410.0)


def test_a_sentinel_of_dcgm_is_no_reading(recording: Told) -> None:
    assert recording.sample("hydra-ai").gpus[1].power_w is None


def test_nvidia_gpu_exporter_is_read_in_its_own_units(recording: Told) -> None:
    sample = recording.sample("hydra-compute")
    assert sample.gpus == (
        Gpu(
            index=0,
            uuid="GPU-df6e7a7c-7314-46f8-abc4-b88b36dcf3aa",
            name="NVIDIA GeForce RTX 2080 SUPER",
            vram_total_bytes=8 * GIB,
            vram_used_bytes=706740224,
            utilisation_percent=42.0,
            memory_utilisation_percent=10.0,
            temperature_c=34.0,
            power_w=28.07,
            power_limit_w=250.0,
            sm_clock_mhz=300.0,
            memory_clock_mhz=405.0,
            fan_percent=38.0,
            driver="471.11",
            cuda="11.4",
            pstate="P8",
            throttles=(Throttle.IDLE,),
        ),
    )


def test_a_node_with_only_a_gpu_exporter_has_no_numbers_of_its_host(recording: Told) -> None:
    sample = recording.sample("hydra-compute")
    assert (sample.at, sample.cores, sample.memory_total_bytes) == (1795347371.853, None, None)


def test_a_gpu_of_which_two_exporters_tell_is_one_gpu_and_dcgm_is_believed() -> None:
    uuid = "df6e7a7c-7314-46f8-abc4-b88b36dcf3aa"
    info = {"uuid": uuid, "name": "L40S", "index": "0"}
    known = told(
        [
            level(
                "DCGM_FI_DEV_GPU_TEMP", 51, "a:9400", "dcgm", gpu="0", UUID=f"GPU-{uuid}", modelName="L40S"
            ),
            level("nvidia_smi_gpu_info", 1, "a:9835", "smi", **info),
            level("nvidia_smi_temperature_gpu", 50, "a:9835", "smi", uuid=uuid),
        ]
    )
    assert [(gpu.uuid, gpu.temperature_c) for gpu in known.sample("a").gpus] == [(f"GPU-{uuid}", 51.0)]


def test_a_device_that_is_mounted_twice_is_one_disk() -> None:
    places = [
        ("/dev/vda", "/srv/docker/data"),
        ("/dev/vda", "/"),
        ("overlay", "/var/lib/x"),
        ("/dev/vdb", "/b"),
    ]
    levels = [
        level(f"node_filesystem_{what}_bytes", size, "a:9100", device=device, mountpoint=mount)
        for device, mount in places
        for what, size in (("size", 100.0), ("free", 60.0), ("avail", 50.0))
    ]
    levels.pop()
    disks = told([*host_levels("a:9100"), *levels]).sample("a").disks
    assert disks == (Disk("/dev/vda", "/", 100, 40, 50),)


def test_what_is_not_told_is_none_and_not_zero() -> None:
    sample = told([level("node_memory_MemTotal_bytes", 2**35, "a:9100")]).sample("a")
    assert sample == HostSample(at=NOW, memory_total_bytes=2**35, gpu_note=NO_GPUS)


@pytest.mark.parametrize(("spent", "percent"), [(4.0, 25.0), (0.5, 100.0), (0.0, None)])
def test_the_processors_are_busy_for_a_share_of_the_time_they_spent(
    spent: float, percent: float | None
) -> None:
    rates = [rate("busy", 1.0, "a"), rate("spent", spent, "a")]
    assert told(host_levels("a"), rates).sample("a").cpu_percent == percent


def test_an_exporter_that_two_jobs_read_is_one_host() -> None:
    levels = [*host_levels("a:9100", "old"), *host_levels("a:9100", "new")]
    rates = [*host_rates("a:9100", 9.0, job="old"), *host_rates("a:9100", 2.0, job="new")]
    sample = told(levels, rates).sample("a")
    assert (sample.at, sample.cores, sample.cpu_percent) == (NOW - 2.0, 4, 25.0)


def test_a_name_that_stands_for_several_hosts_is_refused() -> None:
    known = told([*host_levels("127.0.0.1:9101"), *host_levels("127.0.0.1:9100")])
    assert str(failure(known, "127.0.0.1")) == (
        "`127.0.0.1` stands for several hosts: 127.0.0.1:9100, 127.0.0.1:9101; write one with its port"
    )
    assert known.sample("127.0.0.1:9101").memory_total_bytes == 2**35


def test_an_exporter_that_the_server_cannot_reach_is_down(recording: Told) -> None:
    error = failure(recording, "hydra-storage")
    assert isinstance(error, ServiceFailed)
    assert str(error) == "the metrics server cannot reach its exporter at hydra-storage:9100"


def test_a_target_that_is_no_exporter_of_ours_tells_nothing_of_its_node(recording: Told) -> None:
    error = failure(recording, "hydra-other")
    assert isinstance(error, NothingKnown)
    assert str(error) == (
        "the metrics server has no series of node_exporter, dcgm-exporter or nvidia_gpu_exporter of it"
    )


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ("hydra-storge", "no data for instance `hydra-storge`; did you mean `hydra-storage`?"),
        (
            "x",
            "no data for instance `x`; known values of `instance`: "
            "hydra-ai, hydra-compute, hydra-extra, hydra-other, hydra-storage",
        ),
        ("\x1b[2J", "no data for instance `\\x1b[2J`; known values of `instance`: hydra-ai, "),
    ],
)
def test_a_name_that_no_series_has_is_told_with_those_there_are(
    recording: Told, wanted: str, words: str
) -> None:
    error = failure(recording, wanted)
    assert isinstance(error, NothingKnown)
    assert str(error).startswith(words)


def test_a_server_that_knows_nobody_by_that_label_says_so() -> None:
    known = Told(exporters(host_levels("a:9100"), (), "node"), "node", 15.0)
    assert str(failure(known, "a")) == "no data for node `a`; there are no values of `node` at all"


@pytest.mark.parametrize(
    ("age_s", "samples", "interval_s", "fresh"),
    [
        (44.0, 20, 15.0, True),  # scraped every 15 s, asked every 15 s
        (46.0, 20, 15.0, False),
        (46.0, 20, 30.0, True),  # we ask less often than that
        (100.0, 5, 15.0, True),  # scraped every minute
        (46.0, 300, 15.0, False),
    ],
)
def test_a_sample_is_late_after_three_intervals_of_ours_or_of_the_servers(
    age_s: float, samples: float, interval_s: float, fresh: bool
) -> None:
    known = told(host_levels("a:9100"), host_rates("a:9100", age_s, samples), interval_s)
    if fresh:
        assert known.sample("a").at == NOW - age_s
    else:
        error = failure(known, "a")
        assert isinstance(error, NothingKnown)
        assert str(error) == f"its newest sample on the metrics server is {age_s:.0f} s old"


def test_a_late_exporter_does_not_spoil_what_another_tells() -> None:
    gpu = level("DCGM_FI_DEV_GPU_TEMP", 51, "a:9400", "dcgm", gpu="0", UUID="GPU-1", modelName="L40S")
    rates = [
        *host_rates("a:9100"),
        rate("seen", NOW - 200, "a:9400", "dcgm"),
        rate("samples", 20, "a:9400", "dcgm"),
    ]
    sample = told([*host_levels("a:9100"), gpu], rates).sample("a")
    assert (sample.cores, sample.gpus, sample.gpu_note) == (4, (), NO_GPUS)


@pytest.mark.parametrize(
    ("instance", "names"),
    [
        ("hydra-ai:9100", ("hydra-ai:9100", "hydra-ai")),
        ("hydra-ai", ("hydra-ai",)),
        ("192.0.2.7:9100", ("192.0.2.7:9100", "192.0.2.7")),
        ("[2001:db8::1]:9100", ("[2001:db8::1]:9100", "2001:db8::1")),
        ("2001:db8::1", ("2001:db8::1",)),
        ("http://hydra-ai:9100/metrics", ("http://hydra-ai:9100/metrics",)),
    ],
)
def test_an_instance_is_known_with_its_port_and_without(instance: str, names: tuple[str, ...]) -> None:
    assert spellings(instance) == names
