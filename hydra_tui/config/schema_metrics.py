"""What may stand under `metrics:`."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

from hydra_tui.config.field_types import Interval, LabelName, Line, SecretRef, Switch, Timeout
from hydra_tui.config.section import Section
from hydra_tui.config.urls import web_url


class MetricsConfig(Section):
    """A Prometheus or VictoriaMetrics that tells of nodes: two queries for all of them together."""

    url: Annotated[Line, AfterValidator(web_url)]
    """With scheme; what stands before `/api/v1/query`."""
    key: SecretRef | None = None
    """A reference to its bearer token, or to the password of `user`."""
    user: Line | None = None
    """Where it asks for a name and a password."""
    node_label: LabelName = "instance"
    """The label that tells nodes apart; a port at the end of its value counts only where you write one."""
    interval: Interval = 15.0
    """Between the starts of two looks, for all its nodes; more often than it scrapes is of no use."""
    timeout: Timeout = 10.0
    """One look may take this long."""
    verify_tls: Switch = True
    """`false` accepts any certificate: for a self-signed one on a network you trust."""
