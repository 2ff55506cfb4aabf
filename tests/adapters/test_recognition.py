"""Each kind recognises its own service and none of the others, whatever the port."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hydra_tui.adapters.base import catalogue
from hydra_tui.adapters.base.recognition import RECOGNITION_S
from tests.adapters.recorded import recorded
from tests.adapters.test_redis import answering
from tests.loopback import Answer, Handler, Spy, always, closed_port, raw, replaying, serving


def playing(name: str, situation: str) -> Callable[[Spy], Handler]:
    return lambda spy: replaying(recorded(name, situation), spy)


SERVICES: dict[str, tuple[str | None, Callable[[Spy], Handler]]] = {
    "LiteLLM": ("litellm", playing("litellm", "without a key")),
    "LiteLLM with a lost database": ("litellm", playing("litellm", "its database is down")),
    "TabbyAPI": ("tabbyapi", playing("tabbyapi", "no key")),
    "Ollama": ("ollama", playing("ollama", "fresh")),
    "Redis": ("redis", lambda _: answering({"PING": b"+PONG\r\n"})),
    "Redis with a password": (
        "redis",
        lambda _: answering({"PING": b"-NOAUTH Authentication required.\r\n"}),
    ),
    "Redis in protected mode": (
        "redis",
        lambda _: answering({}, b"-DENIED Redis is running in protected mode"),
    ),
    "PostgreSQL with TLS": ("postgresql", lambda spy: raw(b"S", spy)),
    "PostgreSQL without TLS": ("postgresql", lambda spy: raw(b"N", spy)),
    "llama.cpp": (None, playing("others", "llama.cpp")),
    "Open WebUI": (None, playing("others", "Open WebUI")),
    "an Ollama imitation": (
        None,
        lambda spy: always(Answer(200, b"Ollama is running", "text/plain"), spy),
    ),
    "somebody alive": (None, lambda spy: always(Answer(200, b'"I\'m alive!"'), spy)),
    "200 to everything": (None, lambda spy: always(Answer.of_json({}), spy)),
    "a version to everything": (None, lambda spy: always(Answer.of_json({"version": "1.0"}), spy)),
    "a word that begins with S": (None, lambda spy: raw(b"SSH-2.0-OpenSSH_9.2p1\r\n", spy)),
    "a word that begins with N": (None, lambda spy: raw(b"NO\r\n", spy)),
    "an error of another protocol": (None, lambda spy: raw(b"-ERR what?\r\n", spy)),
}

RECOGNISERS = [name for name in catalogue.names() if catalogue.load(name).recognise is not None]


async def recognised(kind: str, port: int) -> bool:
    recognise = catalogue.load(kind).recognise
    assert recognise is not None
    return await recognise("127.0.0.1", port)


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("kind", RECOGNISERS)
async def test_a_kind_recognises_its_own_service_and_no_other(kind: str, service: str) -> None:
    is_of_kind, handler = SERVICES[service]
    async with serving(handler(Spy())) as port:
        assert await recognised(kind, port) is (kind == is_of_kind)


@pytest.mark.parametrize("kind", RECOGNISERS)
async def test_nobody_listening_is_no_recognition(kind: str) -> None:
    assert await recognised(kind, closed_port()) is False


@pytest.mark.parametrize("kind", RECOGNISERS)
async def test_an_impossible_host_name_is_no_recognition(kind: str) -> None:
    recognise = catalogue.load(kind).recognise
    assert recognise is not None
    assert await recognise("no such host \udcff", 1) is False


def test_every_kind_that_recognises_has_a_port_to_look_at() -> None:
    assert all(catalogue.load(kind).default_port for kind in RECOGNISERS)
    assert RECOGNITION_S < 2
