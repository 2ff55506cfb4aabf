"""Each row of the checklist, for everything that a host may say."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hydra_tui.core.checks import Verdict
from hydra_tui.hosts.capabilities import REMOTE_ROWS, ROWS, Row
from hydra_tui.hosts.checks import docker, gpu, sshd, sudo, system, systemd
from hydra_tui.hosts.checks.expectations import Expectations
from hydra_tui.hosts.checks.report import Report, parse
from tests.hosts.reports import NOW, WELL, printed, report, without_tool

NOTHING = Expectations()
EVERYTHING = Expectations(gpus=True, units=("ollama.service",), containers=("litellm",))

OK, WARN, BAD, ABSENT = Verdict.OK, Verdict.WARN, Verdict.BAD, Verdict.NOT_APPLICABLE

DENIED = (
    "permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock: "
    "dial unix /var/run/docker.sock: connect: permission denied"
)
DOWN = (
    "WARNING: Error loading config file: open /root/.docker/config.json: permission denied\n"
    "\n"
    "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?"
)
NO_DRIVER = (
    "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver. Make sure that the latest "
    "NVIDIA driver is installed and running.\n"
)
RULES = (
    "Matching Defaults entries for ada on vm:\n    env_reset, use_pty\n\n"
    "User ada may run the following commands on vm:\n"
    "    (root) NOPASSWD: /usr/bin/systemctl start ollama.service, /usr/bin/systemctl stop ollama.service,\n"
    "        /usr/bin/systemctl restart ollama.service"
)
RULE = (
    "echo 'ada ALL=(root) NOPASSWD: /usr/bin/systemctl start ollama.service, /usr/bin/systemctl stop "
    "ollama.service, /usr/bin/systemctl restart ollama.service' | sudo tee /etc/sudoers.d/hydra-tui && "
    "sudo chmod 0440 /etc/sudoers.d/hydra-tui && sudo visudo -c"
)

Case = tuple[Report, Expectations, Verdict, str, str]
"""What the host printed, what is wanted of it; then the verdict, words of what was found, and the fix."""


def check(row: Row, case: Case) -> None:
    heard, expected, verdict, words, fix = case
    found = row(heard, expected)
    assert (found.verdict, found.fix) == (verdict, fix), found
    assert words in found.found


@pytest.mark.parametrize("row", [system.shell, *ROWS, *REMOTE_ROWS])
@pytest.mark.parametrize("expected", [NOTHING, EVERYTHING])
def test_every_row_of_a_host_that_is_well_is_ok(row: Row, expected: Expectations) -> None:
    assert row(report(), expected).verdict is OK


SHELL: dict[str, Case] = {
    "an account that may not log in": (
        parse("This account is currently not available.\n", 0, 0, "svc-ai"),
        NOTHING,
        BAD,
        "no POSIX shell: it says “This account is currently not available.”",
        "sudo usermod -s /bin/sh svc-ai",
    ),
    "an account of which not even the name is known": (parse("", 0, 0), NOTHING, BAD, "no POSIX shell", ""),
    "start files that print": (
        parse(f"\x1b[31mWelcome\n{printed(WELL)}", NOW, NOW),
        NOTHING,
        WARN,
        "“\\x1b[31mWelcome”",
        "sed -i '1i case $- in *i*) ;; *) return ;; esac' ~/.bashrc",
    ),
    "BusyBox": (report(sh="/bin/busybox"), NOTHING, OK, "by busybox", ""),
}


@pytest.mark.parametrize("case", SHELL.values(), ids=SHELL)
def test_the_shell(case: Case) -> None:
    check(system.shell, case)


PROCFS: dict[str, Case] = {
    "another system": (report("proc", system="Darwin"), NOTHING, BAD, "this is Darwin", ""),
    "a container without": (
        report(proc="stat\nuptime"),
        NOTHING,
        BAD,
        "/proc/meminfo, /proc/loadavg",
        "sudo mount -t proc proc /proc",
    ),
    "hidepid": (
        report("init"),
        NOTHING,
        WARN,
        "processes of other users are hidden",
        "sudo mount -o remount,hidepid=0 /proc",
    ),
}


@pytest.mark.parametrize("case", PROCFS.values(), ids=PROCFS)
def test_proc(case: Case) -> None:
    check(system.procfs, case)


NTP = "sudo timedatectl set-ntp true"


@pytest.mark.parametrize(
    ("began", "ended", "asked", "heard", "verdict", "words"),
    [
        (NOW, NOW, NOW + 0.2, NOW + 0.9, OK, "within 2 s"),
        (NOW, NOW + 9, NOW - 1.5, NOW + 9.5, OK, "within 2 s"),
        (NOW, NOW + 9, NOW - 0.5, NOW + 9.5, OK, "within 2 s"),
        (NOW + 5, NOW + 5, NOW, NOW + 0.4, WARN, "at least 5 s ahead of ours"),
        (NOW - 5, NOW - 5, NOW, NOW + 0.4, WARN, "at least 4 s behind ours"),
        (NOW + 90, NOW + 92, NOW, NOW + 2, BAD, "at least 90 s ahead of ours"),
        (NOW - 3600, NOW - 3600, NOW, NOW + 1, BAD, "at least 3599 s behind ours"),
    ],
)
def test_the_clock_is_judged_by_what_the_way_cannot_explain(
    began: int, ended: int, asked: float, heard: float, verdict: Verdict, words: str
) -> None:
    text = printed({**WELL, "now": str(began), "done": str(ended)})
    fix = "" if verdict is OK else NTP
    check(system.clock, (parse(text, asked, heard), NOTHING, verdict, words, fix))


def test_a_script_that_was_cut_short_tells_no_time() -> None:
    assert system.clock(report("done"), NOTHING).verdict is WARN


DF: dict[str, Case] = {
    "it hangs": (
        report("df-end"),
        NOTHING,
        BAD,
        "a network mount is dead",
        "findmnt -t nfs,nfs4,cifs,fuse.sshfs -o TARGET,SOURCE  # then: sudo umount -l TARGET",
    ),
    "it was killed": (
        report(df_end="137"),
        NOTHING,
        BAD,
        "does not answer",
        "findmnt -t nfs,nfs4,cifs,fuse.sshfs -o TARGET,SOURCE  # then: sudo umount -l TARGET",
    ),
    "no timeout": (
        report(tool=without_tool("timeout"), os="ubuntu\ndebian"),
        NOTHING,
        WARN,
        "1 disk; there is no `timeout`",
        "sudo apt-get install coreutils",
    ),
    "nonsense": (report(df="df: not found", df_end="127"), NOTHING, WARN, "df: not found", ""),
}


@pytest.mark.parametrize("case", DF.values(), ids=DF)
def test_df(case: Case) -> None:
    check(system.df, case)


GPU: dict[str, Case] = {
    "none": (
        report(tool=without_tool("nvidia-smi"), nvidia_cards="0"),
        NOTHING,
        ABSENT,
        "no NVIDIA GPU in this host",
        "",
    ),
    "none, though services were given some": (
        report(tool=without_tool("nvidia-smi"), nvidia_cards="0", os="arch"),
        EVERYTHING,
        BAD,
        "shows no NVIDIA card",
        "sudo pacman -S nvidia nvidia-utils",
    ),
    "a card without its driver": (
        report(tool=without_tool("nvidia-smi"), os='linuxmint\n"ubuntu debian"'),
        NOTHING,
        BAD,
        "1 NVIDIA GPU in this host, but nvidia-smi is not installed",
        "sudo apt-get install nvidia-driver",
    ),
    "a distribution that we do not know": (
        report(tool=without_tool("nvidia-smi"), os="nixos"),
        NOTHING,
        BAD,
        "not installed",
        "",
    ),
    "not loaded": (
        report(nvidia=NO_DRIVER, nvidia_end="9"),
        NOTHING,
        BAD,
        "it is not loaded",
        "sudo modprobe nvidia",
    ),
    "upgraded, not rebooted": (
        report(nvidia="Failed to initialize NVML: Driver/library version mismatch", nvidia_end="18"),
        NOTHING,
        BAD,
        "version mismatch: reboot this host",
        "sudo reboot",
    ),
    "the same behind a wrapper": (
        report(nvidia="Failed to initialize NVML: Driver/library version mismatch", nvidia_end="1"),
        NOTHING,
        BAD,
        "reboot this host",
        "sudo reboot",
    ),
    "it hangs": (
        report("nvidia-end"),
        NOTHING,
        BAD,
        "the driver hangs",
        "sudo dmesg | grep -E 'NVRM|Xid'",
    ),
    "two": (report(nvidia="580.95.05\n580.95.05"), NOTHING, OK, "2 NVIDIA GPUs, driver 580.95.05", ""),
}


@pytest.mark.parametrize("case", GPU.values(), ids=GPU)
def test_the_gpu_tool(case: Case) -> None:
    check(gpu.nvidia_smi, case)


START = "sudo systemctl enable --now docker.service"

DOCKER: dict[str, Case] = {
    "absent": (report(tool=without_tool("docker")), NOTHING, ABSENT, "not installed", ""),
    "absent, though a service lives in it": (
        report(tool=without_tool("docker"), os="fedora"),
        EVERYTHING,
        BAD,
        "the configuration names litellm",
        "sudo dnf install moby-engine",
    ),
    "denied": (
        report(docker=DENIED, docker_end="1", user="o'brien"),
        NOTHING,
        BAD,
        "o'brien may not talk to the daemon",
        "sudo usermod -aG docker 'o'\"'\"'brien'",
    ),
    "down": (report(docker=DOWN, docker_end="1"), NOTHING, WARN, "not running", START),
    "down, and needed": (report(docker=DOWN, docker_end="1"), EVERYTHING, BAD, "not running", START),
    "it hangs": (
        report("docker-end"),
        NOTHING,
        BAD,
        "does not answer",
        "sudo systemctl status docker.service",
    ),
    "a fault of its own": (
        report(docker="no such context: lab", docker_end="1"),
        NOTHING,
        WARN,
        "no such context: lab",
        "docker version",
    ),
    "a warning beside the version": (
        report(docker="WARNING: Error loading config file\n28.5.1"),
        NOTHING,
        OK,
        "server 28.5.1",
        "",
    ),
}


@pytest.mark.parametrize("case", DOCKER.values(), ids=DOCKER)
def test_docker(case: Case) -> None:
    check(docker.docker, case)


SYSTEMD: dict[str, Case] = {
    "absent": (report("booted", init="runit"), NOTHING, ABSENT, "process 1 is runit", ""),
    "absent, though units are named": (
        report("booted", init="init"),
        EVERYTHING,
        BAD,
        "the configuration names ollama.service",
        "",
    ),
    "old": (
        report(systemd="systemd 237\n+PAM"),
        NOTHING,
        WARN,
        "version 237, running: before 246 it does not speak JSON",
        "",
    ),
    "degraded": (
        report(running="degraded", running_end="1"),
        NOTHING,
        OK,
        "version 257, degraded",
        "",
    ),
    "it hangs": (
        report("running-end"),
        NOTHING,
        BAD,
        "systemctl does not answer",
        "sudo systemctl daemon-reexec",
    ),
}


@pytest.mark.parametrize("case", SYSTEMD.values(), ids=SYSTEMD)
def test_systemd(case: Case) -> None:
    check(systemd.systemd, case)


JOIN = "sudo usermod -aG systemd-journal ada"

JOURNAL: dict[str, Case] = {
    "hidden": (report(groups="ada", journal="hidden"), NOTHING, BAD, "hidden from ada", JOIN),
    "not even its folder is seen": (report("journal", groups="ada"), NOTHING, BAD, "hidden", JOIN),
    "by a group": (report("journal", groups="ada adm"), NOTHING, OK, "by group adm", ""),
    "by its access list": (report(groups="ada"), NOTHING, OK, "by its access list", ""),
    "root": (report("journal", uid="0", groups="root"), NOTHING, OK, "as root", ""),
    "absent": (report("booted"), NOTHING, ABSENT, "no systemd journal", ""),
}


@pytest.mark.parametrize("case", JOURNAL.values(), ids=JOURNAL)
def test_the_journal(case: Case) -> None:
    check(systemd.journal, case)


SUDO: dict[str, Case] = {
    "root": (report("sudo-end", uid="0"), EVERYTHING, OK, "we are root", ""),
    "the exact rules": (report(sudo=RULES), EVERYTHING, OK, "no password for systemctl", ""),
    "a password is required": (
        report(sudo="sudo: a password is required", sudo_end="1"),
        EVERYTHING,
        WARN,
        "a password is required",
        RULE,
    ),
    "a rule that asks": (
        report(sudo="User ada may run:\n    (ALL : ALL) ALL"),
        EVERYTHING,
        WARN,
        "asks for a password for: systemctl start ollama.service, stop ollama.service, restart",
        RULE,
    ),
    "a password that nothing needs": (
        report(sudo="sudo: a password is required", sudo_end="1"),
        NOTHING,
        ABSENT,
        "no service of this node names a unit",
        "",
    ),
    "sudo missing": (
        report(tool=without_tool("sudo")),
        EVERYTHING,
        WARN,
        "not installed",
        "su -c 'apt-get install sudo'",
    ),
    "no systemd": (report("booted"), NOTHING, ABSENT, "no systemd unit", ""),
    "it hangs": (report("sudo-end"), EVERYTHING, WARN, "does not answer", "sudo -l"),
}


@pytest.mark.parametrize("case", SUDO.values(), ids=SUDO)
def test_sudo(case: Case) -> None:
    check(sudo.sudo, case)


def test_a_unit_with_signs_that_sudoers_reads_is_escaped() -> None:
    expected = Expectations(units=("dev-disk:a,b.service",))
    fix = sudo.sudo(report(sudo="", sudo_end="1"), expected).fix
    assert r"restart dev-disk\:a\,b.service" in fix


RELOAD = (
    "| sudo tee -a /etc/ssh/sshd_config.d/00-hydra-tui.conf && sudo sshd -t && "
    "(sudo systemctl reload ssh || sudo systemctl reload sshd)"
)

SESSIONS: dict[str, Case] = {
    "unreadable": (report("sshd"), NOTHING, ABSENT, "not readable", ""),
    "default": (report(), NOTHING, OK, "MaxSessions 10", ""),
    "few": (
        report(sshd="file /a.conf\nMaxSessions=4\nfile /etc/ssh/sshd_config\nMaxSessions 30"),
        NOTHING,
        WARN,
        "MaxSessions 4",
        f"echo 'MaxSessions 30' {RELOAD}",
    ),
    "few, for somebody else": (
        report(sshd="file /a.conf\nMatch User git\n  maxsessions 1\nfile /b\nMAXSESSIONS 20"),
        NOTHING,
        OK,
        "MaxSessions 20",
        "",
    ),
}


@pytest.mark.parametrize("case", SESSIONS.values(), ids=SESSIONS)
def test_the_sessions_of_sshd(case: Case) -> None:
    check(sshd.sessions, case)


FORWARDING: dict[str, Case] = {
    "default": (report(), NOTHING, OK, "AllowStreamLocalForwarding yes", ""),
    "off": (
        report(sshd="file /a\nAllowStreamLocalForwarding no"),
        NOTHING,
        WARN,
        "AllowStreamLocalForwarding no",
        f"echo 'AllowStreamLocalForwarding local' {RELOAD}",
    ),
    "all of it off": (
        report(sshd="file /a\nDisableForwarding YES"),
        NOTHING,
        WARN,
        "DisableForwarding yes",
        f"echo 'DisableForwarding no' {RELOAD}",
    ),
    "unreadable": (report("sshd"), NOTHING, ABSENT, "not readable", ""),
}


@pytest.mark.parametrize("case", FORWARDING.values(), ids=FORWARDING)
def test_the_forwarding_of_sshd(case: Case) -> None:
    check(sshd.forwarding, case)


keys = st.sampled_from([*WELL, "sshd", "nonsense"])
lines = st.lists(st.tuples(keys, st.text(max_size=60)), max_size=60)


@given(lines, st.text(max_size=200))
def test_whatever_a_host_prints_becomes_printable_rows(said: list[tuple[str, str]], noise: str) -> None:
    text = noise + "\n" + "".join(f"@hydra:{key} {value}\n" for key, value in said)
    heard = parse(text, NOW, NOW)
    for row in (system.shell, *ROWS, *REMOTE_ROWS):
        found = row(heard, EVERYTHING)
        assert found.found
        signs = {unicodedata.category(sign) for sign in found.found + found.fix}
        assert not signs & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
