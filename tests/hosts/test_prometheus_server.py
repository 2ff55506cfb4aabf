"""A metrics server over a real socket: what it is asked, and what its bad answers mean."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from hydra_tui.core.errors import NothingKnown, NotReady, TargetError, Unauthorised
from hydra_tui.hosts.prometheus.server import MetricsServer
from hydra_tui.hosts.prometheus.told import Told
from hydra_tui.transport.http import HttpClient
from tests.hosts.metrics_server import answering, recorded
from tests.loopback import Answer, Handler, Spy, always, closed_port, serving

LEVELS, RATES = Answer.of_json(recorded("levels")), Answer.of_json(recorded("rates"))
BAD_QUERY = {
    "status": "error",
    "errorType": "bad_data",
    "error": 'invalid parameter "query": 1:4: parse error: unexpected end of input inside braces',
}


async def look(port: int, prefix: str = "") -> Told:
    server = MetricsServer(HttpClient(f"http://127.0.0.1:{port}{prefix}"), "instance", 15.0)
    try:
        return await server.look()
    finally:
        await server.close()


async def failure(handler: Handler) -> tuple[TargetError, str]:
    """The error of a look at such a server, and what it says, without the port."""
    async with serving(handler) as port:
        with pytest.raises(TargetError) as raised:
            await look(port)
    return raised.value, str(raised.value).replace(f"127.0.0.1:{port}", "HOST")


async def test_two_questions_tell_of_every_node() -> None:
    asked: list[Mapping[str, str]] = []
    async with serving(answering(LEVELS, RATES, asked)) as port:
        told = await look(port)
    assert told.sample("hydra-ai").cores == 2
    assert told.sample("hydra-compute").gpus[0].utilisation_percent == 42.0
    assert [each["path"] for each in asked] == ["/api/v1/query"] * 2


async def test_a_path_in_front_of_the_api_is_kept_and_the_newest_is_asked_for() -> None:
    asked: list[Mapping[str, str]] = []
    async with serving(answering(LEVELS, RATES, asked)) as port:
        await look(port, "/select/0/prometheus")
    assert {each["path"] for each in asked} == {"/select/0/prometheus/api/v1/query"}
    assert {each["nocache"] for each in asked} == {"1"}


@pytest.mark.parametrize(
    ("answer", "kind", "words"),
    [
        (
            Answer(401, b"Unauthorized\n", "text/plain"),
            Unauthorised,
            "the metrics server refuses us (HTTP 401 from /api/v1/query: Unauthorized): "
            "check `user` and `key`",
        ),
        (
            Answer(403, b"Forbidden", "text/plain"),
            Unauthorised,
            "the metrics server refuses us (HTTP 403 from /api/v1/query: Forbidden): check `user` and `key`",
        ),
        (
            Answer(503, b"Service Unavailable", "text/plain"),
            NotReady,
            "the metrics server is not ready: HTTP 503 from /api/v1/query: Service Unavailable",
        ),
        (
            Answer.of_json(BAD_QUERY, 400),
            NothingKnown,
            f"the metrics server tells nothing: HTTP 400 from /api/v1/query: {BAD_QUERY['error']}",
        ),
        (
            Answer(404, b"404 page not found", "text/plain"),
            NothingKnown,
            "the metrics server tells nothing: HTTP 404 from /api/v1/query: 404 page not found",
        ),
        (
            Answer(200, b"<html><body>Grafana</body></html>", "text/html"),
            NothingKnown,
            "the metrics server tells nothing: answers with a web page, not JSON",
        ),
        (
            Answer.of_json({"status": "success", "data": {"resultType": "matrix", "result": []}}),
            NothingKnown,
            "the metrics server tells nothing: answers, but not like Prometheus: no vector of series",
        ),
    ],
)
async def test_what_is_wrong_with_it_is_said_of_it_and_not_of_a_node(
    answer: Answer, kind: type[TargetError], words: str
) -> None:
    error, said = await failure(always(answer, Spy()))
    assert (type(error), said) == (kind, words)


async def test_one_bad_answer_of_the_two_is_enough() -> None:
    error, said = await failure(answering(LEVELS, Answer.of_json(BAD_QUERY, 422), []))
    assert isinstance(error, NothingKnown)
    assert "HTTP 422" in said


async def test_a_server_that_is_not_there_says_nothing_of_its_nodes() -> None:
    with pytest.raises(NothingKnown, match=r"^the metrics server tells nothing: .*nothing listens"):
        await look(closed_port())
