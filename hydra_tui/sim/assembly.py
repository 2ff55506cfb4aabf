"""The simulated services, put together over one world."""

from __future__ import annotations

from starlette.types import ASGIApp

from hydra_tui.sim import litellm, ollama, tabbyapi
from hydra_tui.sim.credentials import Credentials
from hydra_tui.sim.litellm_routes import deployments
from hydra_tui.sim.service_front import Faces, ServiceFront
from hydra_tui.sim.sim_service import SimService
from hydra_tui.sim.world import SERVICES, World


def assemble(world: World, credentials: Credentials) -> tuple[SimService, ...]:
    """Every service, not yet listening; the gateway knows where the backends will be."""

    def service(name: str, app: ASGIApp, faces: Faces) -> SimService:
        """One of them, behind its front."""
        return SimService(name, SERVICES[name], ServiceFront(app, world, name, faces))

    tabby = service("tabbyapi", tabbyapi.TabbyApi(world, credentials.tabby).app(), tabbyapi.FACES)
    local = service("ollama", ollama.Ollama(world).app(), ollama.FACES)
    routes = deployments(tabby.server.url, credentials.tabby.api, local.server.url)
    gateway = litellm.LiteLlm(credentials.litellm_master, routes)
    front = service("litellm", gateway.app(), litellm.FACES)
    front.on_close(gateway.close)
    return tabby, local, front
