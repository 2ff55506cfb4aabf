"""The configuration file of a run: what an operator of this cluster would have written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from hydra_tui.sim.hardware import CLUSTER, HostSpec
from hydra_tui.sim.model_files import OLLAMA_MODELS, TABBY_MODELS, ModelFile
from hydra_tui.sim.port import HOST
from hydra_tui.sim.ssh_keys import USER
from hydra_tui.sim.world import SERVICES

_UNITS = {
    "tabbyapi": "systemd:tabbyapi.service",
    "ollama": "systemd:ollama.service",
    "litellm": "docker:litellm",
}

_HEADER = "# Written by `hydra-tui sim`: a simulated cluster on this machine. It ends with the simulation.\n"


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Everything that differs from run to run."""

    ssh_ports: Mapping[str, int]
    """By node."""
    urls: Mapping[str, str]
    """By service."""
    identity: Path
    known_hosts: Path
    key_files: Mapping[str, Path]
    """By service, for those that want a key."""
    control: str
    token_file: Path


def text(run: Whereabouts) -> str:
    """The YAML."""
    document = {
        "cluster": "hydra",
        "nodes": [_node(run, spec) for spec in CLUSTER],
        "services": [_service(run, name, node) for name, node in SERVICES.items()],
        "models": [
            *(_model(model, "tabbyapi") for model in TABBY_MODELS),
            *(_model(model, "ollama") for model in OLLAMA_MODELS),
        ],
        "simulation": {"control": run.control, "token": f"file:{run.token_file}"},
    }
    return _HEADER + yaml.safe_dump(document, sort_keys=False, allow_unicode=True)


def _node(run: Whereabouts, spec: HostSpec) -> dict[str, Any]:
    ssh = {
        "host": HOST,
        "port": run.ssh_ports[spec.name],
        "user": USER,
        "identity": str(run.identity),
        "known_hosts": str(run.known_hosts),
        "config": "/dev/null",
    }
    return {"name": spec.name, "ssh": ssh}


def _service(run: Whereabouts, name: str, node: str) -> dict[str, Any]:
    gpus = next(list(range(len(spec.gpus))) for spec in CLUSTER if spec.name == node)
    entry = {"name": name, "kind": name, "node": node, "url": run.urls[name]}
    key = {"key": f"file:{run.key_files[name]}"} if name in run.key_files else {}
    return entry | key | ({"gpus": gpus} if gpus else {}) | {"logs": _UNITS[name]}


def _model(model: ModelFile, service: str) -> dict[str, Any]:
    return {
        "name": model.name,
        "service": service,
        "format": model.format,
        "quantisation": model.quantisation,
        "size": _size(model.disk_bytes),
        "use_case": model.use_case,
    }


def _size(size: int) -> str:
    return f"{size / 1e9:.1f}GB" if size >= 1e9 else f"{size / 1e6:.0f}MB"
