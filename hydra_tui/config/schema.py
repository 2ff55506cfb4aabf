"""The whole file."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from hydra_tui.config.field_types import Interval, Line, Name, SecretRef
from hydra_tui.config.schema_history import HistoryConfig
from hydra_tui.config.schema_metrics import MetricsConfig
from hydra_tui.config.schema_nodes import NodeConfig
from hydra_tui.config.schema_services import ModelConfig, ServiceConfig
from hydra_tui.config.section import Section
from hydra_tui.config.urls import http_url

MOST_TARGETS = 500
"""Nodes, or services: past this, one console is the wrong tool."""

MOST_MODELS = 2000


class SimulationConfig(Section):
    """Written by `hydra-tui sim`: makes every screen say SIMULATED."""

    control: Annotated[Line, AfterValidator(http_url)]
    """The URL where incidents are ordered."""
    token: SecretRef
    """A reference to the token that each order carries."""


class Config(Section):
    """A cluster to watch."""

    cluster: Line = "cluster"
    """The name shown in the header."""
    interval: Interval = 5.0
    """Between the starts of two looks at a service, unless it says otherwise."""
    nodes: Annotated[tuple[NodeConfig, ...], Field(max_length=MOST_TARGETS)] = ()
    """The machines."""
    metrics: MetricsConfig | None = None
    """Who tells of the nodes that are neither `ssh` nor `local`."""
    services: Annotated[tuple[ServiceConfig, ...], Field(max_length=MOST_TARGETS)] = ()
    """What runs on them."""
    models: Annotated[tuple[ModelConfig, ...], Field(max_length=MOST_MODELS)] = ()
    """The inventory: use cases, and sizes that engines do not tell."""
    theme: Name = "dark"
    """`dark`, `light`, or the name of a file under `themes/`."""
    history: HistoryConfig = HistoryConfig()
    """What is kept of all this, and where."""
    simulation: SimulationConfig | None = None
    """Only in files that `hydra-tui sim` wrote."""
