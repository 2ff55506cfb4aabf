"""Any TCP port: somebody accepts connections there."""

from __future__ import annotations

from hydra_tui.adapters.base.address import address
from hydra_tui.adapters.base.kind import Kind, Site
from hydra_tui.core.cluster import Layer
from hydra_tui.core.quantity import Fact, Origin
from hydra_tui.core.readings import Findings
from hydra_tui.transport import tcp


class TcpPort:
    """Connects and hangs up; nothing is sent."""

    def __init__(self, site: Site) -> None:
        self._host, self._port = address(site)
        self._timeout_s = site.timeout_s

    async def probe(self) -> Findings:
        """How long the connection took."""
        took_s = await tcp.connect(self._host, self._port, timeout_s=self._timeout_s)
        return Findings(facts=(Fact("connect_s", took_s, "connect", origin=Origin.MEASURED),))

    async def close(self) -> None:
        """Nothing is kept open."""


KIND = Kind(
    name="tcp",
    title="TCP port",
    layer=Layer.OTHER,
    build=TcpPort,
    summary="accepts a connection",
    scheme="tcp",
)
