"""The example that comes with the package: the whole cluster of the seed document."""

from __future__ import annotations

import ipaddress
import re
from pathlib import Path

import pytest

from hydra_tui.config.endpoints import service_url
from hydra_tui.config.load import Loaded, load
from tests.config.files import KINDS

EXAMPLE = Path(__file__).parents[2] / "config.example.yaml"

CLUSTER = {
    "open-webui": "http://hydra-ai:3000",
    "sillytavern": "http://hydra-ai:8000",
    "vaultwarden": "http://hydra-storage:8222",
    "litellm": "http://hydra-storage:4000",
    "tabbyapi": "http://hydra-ai:5000",
    "ollama": "http://hydra-compute:11434",
    "comfyui": "http://hydra-compute:8188",
    "kokoro": "http://hydra-storage:8880",
    "qdrant": "http://hydra-storage:6333",
    "postgresql": "postgresql://hydra-storage:5432",
    "redis": "redis://hydra-storage:6379",
    "minio": "http://hydra-storage:9002",
    "searxng": "http://hydra-storage:8888",
    "firecrawl": "http://hydra-storage:3005",
    "docling": "http://hydra-storage:5001",
    "miniflux": "http://hydra-storage:8180",
    "n8n": "http://hydra-storage:5678",
    "grafana": "http://hydra-storage:3000",
}


@pytest.fixture(scope="module")
def example() -> Loaded:
    return load(EXAMPLE, KINDS)


def test_it_holds_every_service_of_the_cluster_where_it_is(example: Loaded) -> None:
    config = example.config
    urls = {each.name: service_url(each, config.nodes, KINDS[each.kind]) for each in config.services}
    assert urls == CLUSTER
    assert [node.name for node in config.nodes] == ["hydra-ai", "hydra-compute", "hydra-storage"]


def test_every_service_has_a_log_and_every_plain_one_a_path_and_a_layer(example: Loaded) -> None:
    for service in example.config.services:
        assert service.logs, service.name
        if service.kind == "http":
            assert "path" in service.options, service.name
            assert service.layer, service.name


def test_every_model_has_a_use_case_and_an_engine(example: Loaded) -> None:
    engines = [(model.service, model.use_case) for model in example.config.models]
    assert engines == [
        ("tabbyapi", "General, reasoning"),
        ("tabbyapi", "Coding, math"),
        ("ollama", "Fast responses"),
        ("ollama", "Code generation"),
        ("ollama", "Embeddings"),
    ]


def test_secrets_are_references_to_the_environment(example: Loaded) -> None:
    keys = [service.key for service in example.config.services if service.key]
    assert keys == ["env:LITELLM_MASTER_KEY", "env:HYDRA_POSTGRES_PASSWORD", "env:HYDRA_REDIS_PASSWORD"]


def test_it_names_nobody_by_address() -> None:
    for word in re.findall(r"[0-9a-fA-F:.]{7,}", EXAMPLE.read_text("utf-8")):
        with pytest.raises(ValueError, match="does not appear to be"):
            ipaddress.ip_address(word.strip(".:"))
