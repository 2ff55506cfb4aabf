"""Discovery finds what speaks as a kind on that kind's port, and costs nothing where nobody listens."""

from __future__ import annotations

import subprocess
import sys
import textwrap

from hydra_tui.adapters.base import catalogue
from hydra_tui.adapters.base.discovery import Found, discover
from hydra_tui.adapters.base.kind import Kind
from hydra_tui.core.cluster import Layer
from tests.adapters.recorded import recorded
from tests.adapters.test_redis import answering
from tests.loopback import Spy, closed_port, replaying, serving


def closed() -> dict[str, int]:
    """Every kind's port is one where nobody listens."""
    return dict.fromkeys(catalogue.names(), closed_port())


async def test_what_speaks_as_its_kind_is_found_in_the_order_of_the_catalogue() -> None:
    ollama = replaying(recorded("ollama", "fresh"), Spy())
    redis = answering({"PING": b"+PONG\r\n"})
    async with serving(ollama) as first, serving(redis) as second:
        found = await discover(ports={**closed(), "redis": second, "ollama": first})
    assert found == [Found("ollama", "127.0.0.1", first), Found("redis", "127.0.0.1", second)]


async def test_what_speaks_as_another_kind_is_not_found() -> None:
    async with serving(replaying(recorded("ollama", "fresh"), Spy())) as port:
        assert await discover(ports=dict.fromkeys(catalogue.names(), port)) == [
            Found("ollama", "127.0.0.1", port)
        ]


async def test_a_recogniser_that_raises_does_not_end_the_search() -> None:
    async def broken(host: str, port: int) -> bool:
        raise RuntimeError("a stranger's fault")

    async def fine(host: str, port: int) -> bool:
        return True

    kinds = [
        Kind(name, name, Layer.OTHER, build=None, summary="", default_port=1, recognise=recognise)  # type: ignore[arg-type]
        for name, recognise in (("broken", broken), ("fine", fine), ("mute", None))
    ]
    async with serving(answering({})) as port:
        found = await discover(kinds=kinds, ports=dict.fromkeys(("broken", "fine", "mute"), port))
    assert [one.kind for one in found] == ["fine"]


def test_closed_ports_cost_no_library() -> None:
    script = f"""
        import asyncio, sys
        from hydra_tui.adapters.base.discovery import discover
        assert asyncio.run(discover(ports={closed()!r})) == []
        heavy = {{"httpx", "redis", "asyncpg", "textual", "pydantic"}} & set(sys.modules)
        assert not heavy, heavy
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(script)], check=True)
