"""Processes, the VRAM ledger and a GPU's small print on the page of a node."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hydra_tui.core.cluster import Cluster, Node, Service
from hydra_tui.core.gpu import Gpu
from hydra_tui.core.ledger import ledger
from hydra_tui.core.processes import Keeper
from hydra_tui.core.state import State
from hydra_tui.core.throttle import Throttle
from hydra_tui.present.cells import Line, plain, width
from hydra_tui.present.detail_node import node_lines
from hydra_tui.present.gpu_facts import gpu_facts
from hydra_tui.present.ledger_record import ledger_record, processes_record
from hydra_tui.present.process_rows import keeper_words
from hydra_tui.present.roles import Role
from hydra_tui.present.view import View
from tests.core.ledgers import GIB, engine, hidden, model, node, process

OLLAMA = engine("ollama", model("qwen", 8.0, whole=True), gpus=(0,))


def page(box: Node, *services: Service, cells: int = 76) -> list[Line]:
    return list(node_lines(Cluster("c", 0.0, (box,), services), box, cells, View(0.0)))


def under(lines: list[Line], title: str) -> list[str]:
    """The lines of one section."""
    texts = [plain(line).rstrip() for line in lines]
    rest = texts[texts.index(title) + 1 :]
    return rest[: rest.index("")] if "" in rest else rest


def role_of(lines: list[Line], words: str) -> Role:
    return next(run.role for line in lines for run in line if words in run.text)


def test_a_process_has_a_row_with_its_service_and_one_that_hides_says_so() -> None:
    box = node([12.0], [process(4211, 0, 8.3, "ollama.service", "/usr/bin/ollama serve"), hidden(77, 0, 3.1)])
    heading, first, second = under(page(box, OLLAMA, cells=118), "PROCESSES")
    assert heading.split() == ["gpu", "vram", "pid", "user", "belongs", "to", "held", "by", "command"]
    assert " ".join(first.split()) == "0 8.3 GiB 4211 ai ollama ollama.service /usr/bin/ollama serve"
    assert second.split()[:5] == ["0", "3.1", "GiB", "77", "?"]
    assert "not readable" in second


def test_no_process_and_no_knowledge_of_processes_differ() -> None:
    assert under(page(node([0.3], [])), "PROCESSES") == ["none"]
    assert under(page(node([0.3], None)), "PROCESSES") == ["not known"]
    box = node([0.3], None)
    assert box.sample
    noted = replace(box, sample=replace(box.sample, gpu_process_note="a GPU has fallen off the bus"))
    assert under(page(noted), "PROCESSES") == ["a GPU has fallen off the bus"]


def test_the_ledger_sets_claims_beside_measures_with_their_signs() -> None:
    tabby = engine("tabbyapi", model("llama", 40.0), model("draft", None), gpus=(0, 1))
    both = [process(7, 0, 30.0, "tabbyapi.service"), process(7, 1, 10.0, "tabbyapi.service")]
    rows = under(page(node([30.4, 10.4], both), tabby), "VRAM LEDGER")
    assert [" ".join(row.split()) for row in rows[1:4]] == [
        "0 L40S 30.4 GiB 30.0 GiB ~30.0 GiB 0.4 GiB",
        "~30.0 GiB tabbyapi llama of ›40.0 GiB on all its GPUs",
        "— GiB tabbyapi draft its engine does not say how much",
    ]


def test_an_unexplained_rest_is_coloured_and_a_contradiction_is_critical() -> None:
    lines = page(node([20.0], [process(1, 0, 8.3, "ollama.service")]), OLLAMA)
    assert role_of(lines, "11.7") is Role.WARN
    assert role_of(lines, "explained by nothing") is Role.WARN
    assert role_of(page(node([0.3], []), OLLAMA), "100 % GPU") is Role.CRIT
    assert role_of(page(node([8.6], None), OLLAMA), "which processes hold") is Role.MUTED


def test_a_node_that_cannot_be_read_sets_nothing_old_against_anything_new() -> None:
    gone = replace(node([0.3], []), state=State.DOWN)
    assert not any("LEDGER" in plain(line) for line in page(gone, OLLAMA))


@pytest.mark.parametrize("cells", [40, 76, 118, 200])
def test_no_row_is_wider_than_its_page(cells: int) -> None:
    long = process(4_000_000, 0, 8.3, "x" * 80 + ".service", "/usr/bin/計算機 " * 20)
    box = node([20.0], [long, hidden(1, 0, None)])
    lines = page(box, OLLAMA, cells=max(cells, 76))
    start = [plain(line) for line in lines].index("PROCESSES")
    ledger_start = [plain(line) for line in lines].index("VRAM LEDGER")
    assert all(width(line) <= max(cells, 76) for line in lines[start:ledger_start])


@pytest.mark.parametrize(
    ("keeper", "words"),
    [
        (None, "—"),
        (Keeper("ollama.service"), "ollama.service"),
        (Keeper("tabby.service", of_user=True), "tabby.service of a user"),
        (Keeper(container="3f2a9c01b2d4", runtime="docker"), "docker 3f2a9c01b2d4"),
        (Keeper("vllm.service", "3f2a9c01b2d4", "podman"), "podman 3f2a9c01b2d4 in vllm.service"),
    ],
)
def test_what_holds_a_process_is_told_in_words(keeper: Keeper | None, words: str) -> None:
    assert keeper_words(keeper) == words


SICK = Gpu(
    *(0, "GPU-0", "NVIDIA L40S"),
    pcie_generation=1,
    pcie_generation_max=4,
    pcie_width=4,
    pcie_width_max=16,
    pstate="P8",
    throttles=(Throttle.IDLE, Throttle.HARDWARE_THERMAL),
    ecc_uncorrected=3,
    cuda="13.0",
    driver="580.95",
    mig=True,
    unified_memory=True,
)


def test_the_small_print_says_in_words_and_colours_what_is_wrong() -> None:
    lines = list(gpu_facts(SICK, 76, 8))
    assert role_of(lines, "overheating") is Role.WARN
    assert role_of(lines, "idle") is Role.MUTED
    assert role_of(lines, "ECC 3 uncorrected") is Role.CRIT
    assert role_of(lines, "PCIe gen 1 ×4 of gen 4 ×16") is Role.WARN
    text = " ".join(map(plain, lines))
    for words in ("MIG on", "unified: the host's memory", "driver 580.95  CUDA 13.0"):
        assert words in text
    assert all(width(line) <= 76 for line in lines)


def test_the_small_print_leaves_out_what_is_not_said() -> None:
    text = " ".join(plain(line) for line in gpu_facts(Gpu(0, "", "x"), 76, 8))
    assert not any(word in text for word in ("PCIe", "ECC", "MIG", "unified", "CUDA", "reserved", "busy"))
    half = replace(SICK, pcie_width=8, ecc_uncorrected=0, throttles=())
    assert {run.role for line in gpu_facts(half, 76, 8) for run in line if run.text.strip()} == {Role.MUTED}


def test_json_says_what_the_page_says() -> None:
    box = node(
        [12.0], [process(4211, 0, 8.3, "ollama.service", "/usr/bin/ollama serve"), hidden(77, 0, None)]
    )
    book = ledger(box, [OLLAMA])
    own, other = processes_record(book.gpus[0]) or []
    assert (own["service"], own["unit"], own["readable"]) == ("ollama", "ollama.service", True)
    assert (other["service"], other["unit"], other["readable"], other["vram_bytes"]) == (
        None,
        None,
        False,
        None,
    )
    record = ledger_record(book)
    assert record["gpus"][0]["by_claims_bytes"] == 8 * GIB
    assert record["gpus"][0]["suspicious"] is True
    assert record["gpus"][0]["claims"][0]["vram_origin"] == "claimed"
    assert {remark["grade"] for remark in record["remarks"]} == {"note", "warning"}
    assert processes_record(ledger(node([1.0], None), []).gpus[0]) is None
