"""A metrics server that is asked about all nodes at once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Protocol

from hydra_tui.core.errors import NothingKnown, NotReady, TargetError, Unauthorised
from hydra_tui.hosts.prometheus import queries
from hydra_tui.hosts.prometheus.exporter import exporters
from hydra_tui.hosts.prometheus.reply import series_of
from hydra_tui.hosts.prometheus.told import Told
from hydra_tui.transport.http import Reply, check

QUERY = "/api/v1/query"

LARGEST_REPLY_BYTES = 64 * 2**20
"""Some hundreds of nodes with eight GPUs each."""


class Http(Protocol):
    """Whatever sends a GET: `transport.http.HttpClient`, or a test."""

    async def get(self, path: str, params: Mapping[str, Any] | None = None) -> Reply: ...

    async def close(self) -> None: ...


class MetricsServer:
    """Prometheus, or what answers like it. Every look costs two queries, whatever it watches."""

    def __init__(self, http: Http, node_label: str, interval_s: float) -> None:
        """`node_label` tells nodes apart; `interval_s` is the pace of the looks."""
        self._http = http
        self._label = node_label
        self._interval_s = interval_s
        self._queries = (queries.levels(node_label), queries.rates(node_label))

    async def look(self) -> Told:
        """What it knows of every node now.

        Raises `Unauthorised` or `NotReady` when it says so, else `NothingKnown`: a node is not
        down because the one who tells of it is.
        """
        with _its_own_troubles():
            replies = await asyncio.gather(*map(self._ask, self._queries))
            # A large fleet makes megabytes: the screen must not wait for them.
            return await asyncio.to_thread(self._understood, *replies)

    async def close(self) -> None:
        """Lets go of connections."""
        await self._http.close()

    async def _ask(self, query: str) -> Reply:
        # VictoriaMetrics answers `nocache` with what is newest, not with what it had 30 s ago.
        return check(await self._http.get(QUERY, {"query": query, "nocache": "1"}), QUERY)

    def _understood(self, levels: Reply, rates: Reply) -> Told:
        found = exporters(series_of(levels.json()), series_of(rates.json()), self._label)
        return Told(found, self._label, self._interval_s)


@contextmanager
def _its_own_troubles() -> Iterator[None]:
    """Puts "the metrics server" before what is wrong with it, lest a node be blamed."""
    try:
        yield
    except Unauthorised as error:
        raise Unauthorised(f"the metrics server refuses us ({error}): check `user` and `key`") from error
    except NotReady as error:
        raise NotReady(f"the metrics server is not ready: {error}") from error
    except TargetError as error:
        raise NothingKnown(f"the metrics server tells nothing: {error}") from error
