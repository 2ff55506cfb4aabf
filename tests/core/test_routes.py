"""Which gateway names end at which model."""

from __future__ import annotations

import pytest

from hydra_tui.core.cluster import Cluster, Node, Service
from hydra_tui.core.models import Model, Residency, Route
from hydra_tui.core.routes import aliases

QWEN = Model("qwen2.5:7b", Residency.LOADED)
NOMIC = Model("nomic-embed-text:latest")
LLAMA = Model("Llama-3.3-70B-Instruct", Residency.LOADED)
DEEPSEEK = Model("DeepSeek-R1-Distill-70B")

OLLAMA = Service(
    "ollama",
    "ollama",
    interval_s=5.0,
    node="hydra-compute",
    address="http://hydra-compute.lan:11434",
    models=(QWEN, NOMIC),
)
TABBY = Service(
    "tabbyapi",
    "tabbyapi",
    interval_s=5.0,
    node="hydra-ai",
    address="http://hydra-ai:5000",
    models=(LLAMA, DEEPSEEK),
)
NODES = (Node("hydra-ai", 2.0, "192.0.2.10"), Node("hydra-compute", 2.0, "192.0.2.20"))

OLLAMA_AT = "http://hydra-compute:11434"
TABBY_AT = "http://hydra-ai:5000/v1"


def gateway(*routes: Route) -> Cluster:
    """The cluster behind a gateway with these routes."""
    litellm = Service("litellm", "litellm", interval_s=5.0, routes=routes)
    return Cluster("hydra", 1.0, NODES, (litellm, OLLAMA, TABBY))


def reach(route: Route) -> dict[str, tuple[str, ...]]:
    """The aliases of every model that has one."""
    cluster = gateway(route)
    found = {
        model.name: aliases(cluster, service, model)
        for service in (OLLAMA, TABBY)
        for model in service.models
    }
    return {name: names for name, names in found.items() if names}


@pytest.mark.parametrize(
    ("model", "api_base", "reached"),
    [
        ("ollama/qwen2.5:7b", OLLAMA_AT, QWEN),
        ("ollama_chat/qwen2.5:7b", OLLAMA_AT, QWEN),
        ("qwen2.5:7b", OLLAMA_AT, QWEN),
        ("ollama/nomic-embed-text", OLLAMA_AT, NOMIC),
        ("ollama/nomic-embed-text:latest", OLLAMA_AT, NOMIC),
        ("openai/Llama-3.3-70B-Instruct", TABBY_AT, LLAMA),
        ("openai/DeepSeek-R1-Distill-70B", TABBY_AT, DEEPSEEK),
        ("openai/gpt-4", TABBY_AT, LLAMA),
        ("openai/whatever/it/says", TABBY_AT, LLAMA),
    ],
)
def test_a_route_ends_at_the_model_it_names_or_at_the_one_that_is_loaded(
    model: str, api_base: str, reached: Model
) -> None:
    assert reach(Route("alias", model, api_base)) == {reached.name: ("alias",)}


@pytest.mark.parametrize(
    "api_base",
    [
        "http://hydra-compute.lan:11434",
        "http://hydra-compute:11434",
        "http://192.0.2.20:11434/",
        "http://HYDRA-Compute.lan:11434/v1",
    ],
)
def test_a_service_is_known_by_its_address_and_by_each_name_of_its_node(api_base: str) -> None:
    assert reach(Route("alias", "ollama/qwen2.5:7b", api_base)) == {"qwen2.5:7b": ("alias",)}


@pytest.mark.parametrize(
    "api_base",
    [
        None,
        "",
        "http://hydra-compute:11435",
        "http://hydra-compute",
        "http://hydra-storage:11434",
        "http://192.0.2.10:11434",
        "http://:11434",
        "hydra-compute:11434",
        "http://hydra-compute:port",
        "http://hydra-compute:99999",
        "http://[2001:db8::1:11434",
        "\x1b[31m",
    ],
)
def test_a_route_to_another_place_reaches_nothing_here(api_base: str | None) -> None:
    assert reach(Route("alias", "ollama/qwen2.5:7b", api_base)) == {}


@pytest.mark.parametrize(
    ("api_base", "address"),
    [
        ("https://llm.example.net/v1", "https://llm.example.net:443"),
        ("http://llm.example.net", "http://llm.example.net:80"),
        ("https://llm.example.net:443/v1", "https://llm.example.net"),
    ],
)
def test_a_port_that_the_scheme_implies_need_not_be_spelt(api_base: str, address: str) -> None:
    tabby = Service("tabbyapi", "tabbyapi", 5.0, address=address, models=(LLAMA,))
    assert aliases(gateway(Route("alias", "openai/x", api_base)), tabby, LLAMA) == ("alias",)


@pytest.mark.parametrize("residency", [Residency.UNLOADED, Residency.LOADING, Residency.UNKNOWN])
def test_a_name_that_nobody_knows_reaches_no_model_that_is_not_loaded(residency: Residency) -> None:
    model = Model("Llama-3.3-70B-Instruct", residency)
    tabby = Service("tabbyapi", "tabbyapi", 5.0, address="http://hydra-ai:5000", models=(model,))
    assert aliases(gateway(Route("alias", "openai/gpt-4", TABBY_AT)), tabby, model) == ()


def test_a_node_called_in_capitals_is_found_all_the_same() -> None:
    tabby = Service("t", "tabbyapi", 5.0, node="Hydra-AI", address="http://127.0.0.1:5000", models=(LLAMA,))
    assert aliases(gateway(Route("alias", "openai/x", "http://Hydra-AI:5000")), tabby, LLAMA) == ("alias",)


def test_every_alias_counts_once_in_the_order_of_the_gateway() -> None:
    routes = (
        Route("gpt-4", "openai/Llama-3.3-70B-Instruct", TABBY_AT, "a"),
        Route("claude", "openai/Llama-3.3-70B-Instruct", TABBY_AT, "b"),
        Route("gpt-4", "openai/Llama-3.3-70B-Instruct", "http://192.0.2.10:5000/v1", "c"),
        Route("elsewhere", "openai/Llama-3.3-70B-Instruct", "https://api.example.net/v1", "d"),
    )
    assert aliases(gateway(*routes), TABBY, LLAMA) == ("gpt-4", "claude")


def test_a_service_of_nobodys_node_is_not_met_by_an_empty_name() -> None:
    nowhere = Service("t", "tabbyapi", 5.0, address="", models=(LLAMA,))
    assert aliases(gateway(Route("alias", "openai/x", "http:///v1")), nowhere, LLAMA) == ()


def test_an_engine_that_is_asked_by_name_does_not_answer_with_another_model() -> None:
    assert reach(Route("alias", "ollama/mistral:7b", OLLAMA_AT)) == {}


@pytest.mark.parametrize(("node", "reached"), [("hydra-ai", {LLAMA.name: ("alias",)}), ("hydra-storage", {})])
def test_localhost_is_the_gateway_s_own_machine(node: str, reached: dict[str, tuple[str, ...]]) -> None:
    route = Route("alias", "openai/gpt-4", "http://localhost:5000/v1")
    litellm = Service("litellm", "litellm", interval_s=5.0, node=node, routes=(route,))
    cluster = Cluster("hydra", 1.0, NODES, (litellm, TABBY))
    assert {
        model.name: found for model in TABBY.models if (found := aliases(cluster, TABBY, model))
    } == reached
