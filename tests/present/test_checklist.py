"""A checklist as it is read and as it is parsed."""

from __future__ import annotations

from hydra_tui.core.checks import bad, not_applicable, ok, warn
from hydra_tui.present.cells import plain
from hydra_tui.present.checklist import checklist_block, doctor_record, tally
from hydra_tui.present.roles import Role

CHECKS = (
    ok("shell", "POSIX"),
    bad("docker", "denied", "sudo usermod -aG docker ada"),
    bad("host-key", "changed", "ssh-keygen -R a", fix_here=True),
    not_applicable("nvidia-smi", "no GPU"),
)


def test_each_fix_stands_alone_below_its_row_behind_the_place_where_it_is_run() -> None:
    assert [plain(line) for line in checklist_block("hydra-ai", CHECKS)] == [
        "hydra-ai",
        "  ● shell            POSIX",
        "  ✖ docker           denied",
        "      hydra-ai $ sudo usermod -aG docker ada",
        "  ✖ host-key         changed",
        "      here $ ssh-keygen -R a",
        "  ○ nvidia-smi       no GPU",
    ]


def test_a_row_to_mend_has_the_colour_of_alarm() -> None:
    row = checklist_block("hydra-ai", CHECKS)[2]
    assert {run.role for run in row} == {Role.CRIT, Role.TEXT}


def test_the_tally_tells_how_much_there_is_to_do() -> None:
    assert plain(tally(CHECKS)) == "2 bad, 0 to look at"
    assert plain(tally([warn("a", "b")])) == "0 bad, 1 to look at"
    assert plain(tally([ok("a", "b")])) == "nothing to mend"


def test_the_record_names_where_each_fix_is_run_and_null_where_there_is_none() -> None:
    record = doctor_record(0.0, [ok("configuration", "fine")], [("hydra-ai", CHECKS)])
    assert (record["bad"], record["warn"], record["at"]) == (2, 0, "1970-01-01T00:00:00.000+00:00")
    assert record["configuration"] == [
        {"id": "configuration", "verdict": "ok", "found": "fine", "fix": None, "fix_on": None}
    ]
    (node,) = record["nodes"]
    assert node["name"] == "hydra-ai"
    assert [check["fix_on"] for check in node["checks"]] == [None, "hydra-ai", "here", None]
