"""Any HTTP service: it answers with the status that is expected of it."""

from __future__ import annotations

from hydra_tui.adapters.base.kind import Auth, Kind, Site
from hydra_tui.adapters.base.options import path_option, whole_option
from hydra_tui.adapters.base.site_client import site_client
from hydra_tui.core.cluster import Layer
from hydra_tui.core.errors import ServiceFailed
from hydra_tui.core.quantity import Fact, Origin
from hydra_tui.core.readings import Findings
from hydra_tui.core.text import inert
from hydra_tui.transport.http import Reply, check


class HttpService:
    """One GET; a redirect is an answer and is not followed."""

    def __init__(self, site: Site) -> None:
        self._http = site_client(site)
        self._path = path_option(site, "path")
        self._expected = whole_option(site, "status", 100, 599)

    async def probe(self) -> Findings:
        """Its status and content type."""
        reply = await self._http.get(self._path)
        self._judge(reply)
        return Findings(
            facts=(
                Fact("status", reply.status, origin=Origin.MEASURED),
                Fact("content_type", inert(reply.content_type) or None, "content type"),
            ),
            latency_s=reply.elapsed_s,
        )

    async def close(self) -> None:
        """Let go of connections."""
        await self._http.close()

    def _judge(self, reply: Reply) -> None:
        if reply.status == self._expected:
            return
        if reply.status >= 400:
            check(reply, self._path)
        if self._expected is not None:
            raise ServiceFailed(f"HTTP {reply.status} from {self._path}; {self._expected} is expected")


KIND = Kind(
    name="http",
    title="HTTP service",
    layer=Layer.OTHER,
    build=HttpService,
    summary="answers a GET with the expected status",
    auth=Auth.BEARER,
    options={
        "path": "what is requested; `/` unless given",
        "status": "the status that is expected; any of 2xx and 3xx unless given",
    },
)
