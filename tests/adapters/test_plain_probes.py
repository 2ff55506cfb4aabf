"""The kinds for whatever has no adapter of its own: a URL, a port."""

from __future__ import annotations

from typing import Any

import pytest

from hydra_tui.adapters import http, tcp
from hydra_tui.adapters.base.kind import Site
from hydra_tui.core.errors import ConfigError, NotFound, ServiceFailed, TargetError, Unauthorised
from hydra_tui.core.quantity import Fact, Origin
from hydra_tui.core.readings import Findings
from tests.loopback import Answer, Spy, always, hanging, serving


async def fetched(answer: Answer, spy: Spy | None = None, **options: Any) -> Findings:
    async with serving(always(answer, spy or Spy())) as port:
        adapter = http.KIND.build(Site("s", f"http://127.0.0.1:{port}", timeout_s=2.0, options=options))
        try:
            return await adapter.probe()
        finally:
            await adapter.close()


async def test_a_page_that_answers_is_up_with_status_and_content_type() -> None:
    assert await fetched(Answer(200, b"hello", "text/html; charset=utf-8")) == Findings(
        facts=(
            Fact("status", 200, origin=Origin.MEASURED),
            Fact("content_type", "text/html", "content type"),
        )
    )


async def test_the_configured_path_is_asked() -> None:
    spy = Spy()
    await fetched(Answer(), spy, path="/healthz?full=1")
    assert spy.requests == ["GET /healthz?full=1"]


async def test_a_redirect_is_an_answer_and_is_not_followed() -> None:
    spy = Spy()
    found = await fetched(Answer(302, headers={"location": "/login"}), spy)
    assert found.facts[0].value == 302
    assert len(spy.requests) == 1


@pytest.mark.parametrize(
    ("status", "expected", "error"),
    [
        (401, None, Unauthorised),
        (404, None, NotFound),
        (500, None, ServiceFailed),
        (200, 204, ServiceFailed),
        (302, 200, ServiceFailed),
        (401, 200, Unauthorised),
    ],
)
async def test_another_status_than_expected_is_told(
    status: int, expected: int | None, error: type[TargetError]
) -> None:
    with pytest.raises(error, match=f"HTTP {status} from /"):
        await fetched(Answer(status), status=expected)


async def test_a_status_that_is_expected_is_well_even_when_it_is_an_error() -> None:
    assert (await fetched(Answer(401), status=401)).facts[0].value == 401


@pytest.mark.parametrize(
    "options",
    [{"path": "healthz"}, {"path": "http://192.0.2.1/"}, {"path": 7}, {"status": "200"}, {"status": 700}],
)
def test_options_that_cannot_be_meant_are_refused(options: dict[str, Any]) -> None:
    with pytest.raises(ConfigError, match="service `s`: options"):
        http.KIND.build(Site("s", "http://127.0.0.1:1", options=options))


async def test_a_port_that_accepts_is_up_with_the_time_it_took() -> None:
    async with serving(hanging(Spy())) as port:
        adapter = tcp.KIND.build(Site("s", f"tcp://127.0.0.1:{port}"))
        (fact,) = (await adapter.probe()).facts
        await adapter.close()
    assert fact.name == "connect_s"
    assert isinstance(fact.value, float)
    assert 0 < fact.value < 5
