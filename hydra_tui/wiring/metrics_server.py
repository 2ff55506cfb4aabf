"""The metrics server of a configuration as something its nodes can share."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping

from hydra_tui.config.schema_metrics import MetricsConfig
from hydra_tui.hosts.prometheus.fleet import Fleet
from hydra_tui.hosts.prometheus.server import LARGEST_REPLY_BYTES, MetricsServer
from hydra_tui.transport.http import HttpClient


def fleet_of(metrics: MetricsConfig, keys: Mapping[str, str]) -> Fleet:
    """One fleet per server. `keys` are secrets by reference."""
    http = HttpClient(
        metrics.url,
        headers=_login(metrics.user, keys.get(metrics.key) if metrics.key else None),
        timeout_s=metrics.timeout,
        verify_tls=metrics.verify_tls,
        max_body_bytes=LARGEST_REPLY_BYTES,
    )
    return Fleet(MetricsServer(http, metrics.node_label, metrics.interval), metrics.interval)


def _login(user: str | None, key: str | None) -> dict[str, str]:
    """Basic with a user, else a bearer token; Prometheus itself knows only the former."""
    if key is None:
        return {}
    if user is None:
        return {"Authorization": f"Bearer {key}"}
    return {"Authorization": f"Basic {b64encode(f'{user}:{key}'.encode()).decode()}"}
