"""The VRAM ledger, case by case: what is explained, what is not, and what contradicts itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hydra_tui.core.cluster import Node, Service
from hydra_tui.core.ledger import GpuLedger, Grade, ledger
from hydra_tui.core.ledger_remarks import remarks
from hydra_tui.core.quantity import Amount, Origin
from tests.core.ledgers import GIB, engine, hidden, model, node, process

OLLAMA = engine("ollama", model("qwen", 8.0, whole=True), gpus=(0,))


def sums(each: GpuLedger) -> tuple[float | None, ...]:
    """(by processes, by claims, unexplained) in GiB."""
    numbers = (each.by_processes_bytes, each.by_claims_bytes, each.unexplained_bytes)
    return tuple(None if number is None else round(number / GIB, 1) for number in numbers)


def told(box: Node, *services: Service) -> list[tuple[Grade, str]]:
    return [(remark.grade, remark.words) for remark in remarks(ledger(box, services))]


@pytest.mark.parametrize(
    ("box", "services", "expected"),
    [
        pytest.param(
            node([8.6], [process(1, 0, 8.3, "ollama.service")]), [OLLAMA], (8.3, 8.0, 0.3), id="all is well"
        ),
        pytest.param(node([0.3], []), [], (0.0, None, 0.3), id="idle"),
        pytest.param(
            node([20.0], [process(1, 0, 8.3, "ollama.service")]), [OLLAMA], (8.3, 8.0, 11.7), id="a rest"
        ),
        pytest.param(node([8.6], None), [OLLAMA], (None, 8.0, 0.6), id="processes are not known"),
        pytest.param(node([8.6], None), [], (None, None, None), id="nothing is known"),
        pytest.param(node([8.6], []), [OLLAMA], (0.0, 8.0, 0.6), id="the driver lists no process"),
        pytest.param(node([8.6], [hidden(1, 0, None)]), [OLLAMA], (None, 8.0, 0.6), id="no size is known"),
        pytest.param(node([None], [process(1, 0, 8.3)]), [], (8.3, None, None), id="no reading of the whole"),
        pytest.param(
            node([1.0], [process(1, 0, 8.0)]), [], (8.0, None, 0.0), id="a list older than the whole"
        ),
        pytest.param(
            node([60.0], [process(1, 0, 8.0)], unified_memory=True),
            [],
            (8.0, None, None),
            id="unified memory",
        ),
        pytest.param(
            node([9.0], [process(1, 0, 8.0, "ollama.service")]),
            [engine("ollama", model("qwen", None), gpus=(0,))],
            (8.0, None, 1.0),
            id="an engine that does not say",
        ),
        pytest.param(
            node([9.0], [process(1, 0, 8.0, "ollama.service")]),
            [engine("ollama", model("qwen", 8.0, loaded=False), gpus=(0,))],
            (8.0, None, 1.0),
            id="a model that is not in memory",
        ),
    ],
)
def test_a_gpu_is_accounted_for(
    box: Node, services: list[Service], expected: tuple[float | None, ...]
) -> None:
    (each,) = ledger(box, services).gpus
    assert sums(each) == expected


def test_services_of_other_nodes_claim_nothing_here() -> None:
    assert ledger(node([8.0], []), [replace(OLLAMA, node="other")]).gpus[0].claims == ()


def test_a_node_that_was_never_read_has_an_empty_ledger() -> None:
    book = ledger(Node("box", 2.0), [OLLAMA])
    assert (book.gpus, remarks(book)) == ((), ())


def test_a_claim_over_two_gpus_is_shared_out_as_its_processes_measure() -> None:
    tabby = engine("tabbyapi", model("llama", 40.0), gpus=(0, 1))
    both = [process(7, 0, 30.0, "tabbyapi.service"), process(7, 1, 10.0, "tabbyapi.service")]
    first, second = ledger(node([31.0, 11.0], both), [tabby]).gpus
    assert [claim.here for claim in first.claims] == [Amount(30 * GIB, Origin.ESTIMATED)]
    assert [claim.here for claim in second.claims] == [Amount(10 * GIB, Origin.ESTIMATED)]
    assert {claim.whole for claim in first.claims} == {Amount(40 * GIB, Origin.CLAIMED)}


def test_a_claim_over_two_gpus_that_no_process_measures_is_not_shared_out() -> None:
    tabby = engine("tabbyapi", model("llama", 40.0), gpus=(0, 1))
    for each in ledger(node([31.0, 11.0], None), [tabby]).gpus:
        assert [claim.here for claim in each.claims] == [None]
        assert each.by_claims_bytes is None


def test_an_engine_with_a_process_per_model_has_each_model_where_its_process_is() -> None:
    two = engine("ollama", model("small", 0.5), model("large", 9.0), gpus=(0, 1))
    own = [process(1, 0, 9.4, "ollama.service"), process(2, 1, 0.8, "ollama.service")]
    first, second = ledger(node([9.7, 1.1], own), [two]).gpus
    assert [(claim.model, claim.here) for claim in first.claims] == [
        ("large", Amount(9 * GIB, Origin.CLAIMED))
    ]
    assert [(claim.model, claim.here) for claim in second.claims] == [
        ("small", Amount(GIB // 2, Origin.CLAIMED))
    ]


def test_a_service_that_was_given_no_gpu_is_where_its_processes_are() -> None:
    free = replace(OLLAMA, gpus=())
    first, second = ledger(node([0.2, 8.4], [process(1, 1, 8.2, "ollama.service")]), [free]).gpus
    assert (first.claims, len(second.claims)) == ((), 1)


def test_the_largest_process_comes_first() -> None:
    (each,) = ledger(node([9.0], [process(1, 0, 1.0), hidden(2, 0, None), process(3, 0, 7.0)]), []).gpus
    assert [holding.process.pid for holding in each.holdings or ()] == [3, 1, 2]


@pytest.mark.parametrize(
    ("box", "services", "expected"),
    [
        pytest.param(node([8.6], [process(1, 0, 8.3, "ollama.service")]), [OLLAMA], [], id="all is well"),
        pytest.param(
            node([0.3], []),
            [OLLAMA],
            [
                (
                    Grade.CONTRADICTION,
                    "ollama claims 8.0 GiB of VRAM (100 % GPU), but no process of it holds any",
                )
            ],
            id="100 % GPU, and no process at all",
        ),
        pytest.param(
            node([0.9], [process(1, 0, 0.5, "ollama.service")]),
            [OLLAMA],
            [
                (
                    Grade.CONTRADICTION,
                    "ollama claims 8.0 GiB of VRAM (100 % GPU), but its processes hold 0.5 GiB",
                )
            ],
            id="100 % GPU, and its process holds next to none",
        ),
        pytest.param(
            node([12.0], [process(1, 0, 11.8, "comfyui.service")]),
            [OLLAMA, engine("comfyui")],
            [
                (
                    Grade.CONTRADICTION,
                    "ollama claims 8.0 GiB of VRAM (100 % GPU), but no process of it holds any",
                )
            ],
            id="100 % GPU, and another service holds it",
        ),
        pytest.param(
            node([0.4], None),
            [OLLAMA],
            [
                (Grade.NOTE, "which processes hold memory is not known"),
                (Grade.CONTRADICTION, "ollama claims 8.0 GiB of VRAM (100 % GPU), but less is in use in all"),
            ],
            id="100 % GPU, no list, and an empty GPU",
        ),
        pytest.param(
            node([8.6], None),
            [OLLAMA],
            [(Grade.NOTE, "which processes hold memory is not known")],
            id="no list, and enough in use",
        ),
        pytest.param(
            node([8.6], [hidden(31, 0, 8.3)]),
            [OLLAMA],
            [
                (Grade.NOTE, "1 process cannot be read by the account we use: pid 31"),
                (Grade.NOTE, "which process is ollama's could not be told"),
            ],
            id="a process that cannot be read could be it",
        ),
        pytest.param(
            node([8.6], [process(1, 0, 0.2)]),
            [OLLAMA],
            [
                (
                    Grade.WARNING,
                    "GPU 0: 8.4 GiB in use is explained by nothing: "
                    "graphics, a process out of our sight or seconds old, or what a dead one left",
                ),
                (Grade.NOTE, "which process is ollama's could not be told"),
            ],
            id="a process that started after the last list is not accused",
        ),
        pytest.param(
            node([20.0], [process(1, 0, 19.5, "ollama.service")]),
            [OLLAMA],
            [(Grade.WARNING, "ollama holds 11.5 GiB more than its models claim")],
            id="it holds far more than it claims",
        ),
        pytest.param(
            node([20.0], [process(1, 0, 19.5, "ollama.service")]),
            [engine("ollama", model("a", 8.0), model("b", None), gpus=(0,))],
            [],
            id="it holds more, and one model claims nothing that could be added",
        ),
        pytest.param(
            node([20.0], [process(1, 0, None, "ollama.service")], mig=True),
            [OLLAMA],
            [
                (Grade.NOTE, "GPU 0: how much 1 process holds is not known: MIG is on"),
                (
                    Grade.WARNING,
                    "GPU 0: 12.0 GiB in use is explained by nothing: "
                    "perhaps by the processes of unknown size",
                ),
            ],
            id="MIG",
        ),
        pytest.param(
            node([3.0], []),
            [],
            [
                (
                    Grade.WARNING,
                    "GPU 0: 3.0 GiB in use is explained by nothing: "
                    "the driver lists no process; those of another container do not show",
                )
            ],
            id="memory in use, and nobody",
        ),
        pytest.param(
            node([4.0], None),
            [engine("ollama", model("qwen", 2.5), gpus=(0,))],
            [
                (Grade.NOTE, "which processes hold memory is not known"),
                (
                    Grade.NOTE,
                    "GPU 0: 1.5 GiB in use is explained by nothing: "
                    "by no claim, that is; the processes are not known",
                ),
            ],
            id="without a list a rest is only noted",
        ),
    ],
)
def test_what_an_operator_should_know_is_said(
    box: Node, services: list[Service], expected: list[tuple[Grade, str]]
) -> None:
    assert told(box, *services) == expected


def test_a_service_that_is_down_claims_nothing() -> None:
    gone = engine("ollama", model("qwen", 8.0, loaded=False), gpus=(0,))
    assert told(node([0.3], []), gone) == []
