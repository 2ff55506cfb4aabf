"""How an adapter reaches its site over HTTP."""

from __future__ import annotations

from hydra_tui.adapters.base.kind import Site
from hydra_tui.transport.http import HttpClient


def site_client(site: Site) -> HttpClient:
    """A client for the site, which sends the site's key as bearer token where there is one."""
    return HttpClient(
        site.url,
        headers={"Authorization": f"Bearer {site.key}"} if site.key else None,
        timeout_s=site.timeout_s,
        verify_tls=site.verify_tls,
    )
