"""Services of the configuration as something the engine can watch."""

from __future__ import annotations

from collections.abc import Mapping

from hydra_tui.adapters.base import catalogue
from hydra_tui.adapters.base.kind import Site
from hydra_tui.config.endpoints import service_url
from hydra_tui.config.load import Loaded
from hydra_tui.config.problems import ConfigProblems, Problem
from hydra_tui.config.schema import Config
from hydra_tui.config.schema_services import ModelConfig, ServiceConfig
from hydra_tui.core.cluster import Layer, Service
from hydra_tui.core.errors import ConfigError
from hydra_tui.core.inventory import InventoryEntry
from hydra_tui.engine.watched import WatchedService
from hydra_tui.wiring.kinds import KnownKinds


def service_targets(loaded: Loaded, keys: Mapping[str, str]) -> list[WatchedService]:
    """A target per service. Raises `ConfigProblems` for every option that its kind cannot use.

    `keys` are secrets by reference; building connects to nothing, so a check may leave them out.
    """
    targets: list[WatchedService] = []
    problems: list[Problem] = []
    for index, service in enumerate(loaded.config.services):
        try:
            targets.append(_target(service, loaded.config, keys))
        except ConfigError as error:
            problems.append(loaded.places.problem(("services", index, "options"), str(error)))
    if problems:
        raise ConfigProblems(problems)
    return targets


def _target(service: ServiceConfig, config: Config, keys: Mapping[str, str]) -> WatchedService:
    kind = catalogue.load(service.kind)
    url = service_url(service, config.nodes, KnownKinds()[service.kind])
    seed = Service(
        service.name,
        service.kind,
        interval_s=service.interval or config.interval,
        node=service.node or "",
        layer=Layer(service.layer) if service.layer else kind.layer,
        address=url,
        title=kind.title,
        gpus=service.gpus,
        held_by=service.logs or "",
    )
    adapter = kind.build(_site(service, url, keys))
    inventory = {model.name: _entry(model) for model in config.models if model.service == service.name}
    return WatchedService(seed, adapter, service.timeout, inventory)


def _site(service: ServiceConfig, url: str, keys: Mapping[str, str]) -> Site:
    return Site(
        service.name,
        url,
        key=keys.get(service.key) if service.key else None,
        user=service.user,
        timeout_s=service.timeout,
        verify_tls=service.verify_tls,
        options=dict(service.options),
    )


def _entry(model: ModelConfig) -> InventoryEntry:
    return InventoryEntry(model.name, model.format, model.quantisation, model.size, model.use_case or "")
