"""What a good file becomes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from hydra_tui.config.endpoints import service_url
from hydra_tui.config.load import load
from hydra_tui.config.problems import Problem
from hydra_tui.config.schema_nodes import SshConfig
from hydra_tui.core.cluster import Layer
from tests.config.files import KINDS, loaded, write

FULL = """\
cluster: lab
interval: 10s
nodes:
  - name: a
    ssh:
      {host: 192.0.2.20, port: 2222, user: ops, identity: ~/.ssh/id, known_hosts: /etc/kh, config: ~/.ssh/c}
    address: a.lan
    interval: 500ms
  - name: desk
    local: true
services:
  - name: s
    kind: http
    node: a
    port: 80
    key: env:KEY
    user: hydra
    layer: routing
    gpus: [0, 1]
    logs: systemd:s@1.service
    interval: 2m
    timeout: 100ms
    verify_tls: false
    options: {path: /x}
models:
  - {name: "hf.co/x/y:Q4", service: s, format: GGUF, quantisation: Q4, size: 24GiB, use_case: Chat}
theme: light
simulation: {control: "http://127.0.0.1:40123", token: env:TOKEN}
"""


def test_every_key_of_the_schema_is_read(tmp_path: Path, clean_home: Path) -> None:
    config = loaded(tmp_path, FULL).config
    assert (config.cluster, config.interval, config.theme) == ("lab", 10, "light")
    assert config.simulation is not None
    assert (config.simulation.control, config.simulation.token) == ("http://127.0.0.1:40123", "env:TOKEN")
    node, desk = config.nodes
    assert node.ssh == SshConfig(
        host="192.0.2.20",
        port=2222,
        user="ops",
        identity=clean_home / ".ssh/id",
        known_hosts=Path("/etc/kh"),
        config=clean_home / ".ssh/c",
    )
    assert (node.address, node.interval, node.local, node.host) == ("a.lan", 0.5, False, "a.lan")
    assert (desk.ssh, desk.local, desk.interval, desk.host) == (None, True, 2, "127.0.0.1")
    (service,) = config.services
    assert service.model_dump() == {
        "name": "s",
        "kind": "http",
        "node": "a",
        "url": None,
        "port": 80,
        "key": "env:KEY",
        "user": "hydra",
        "layer": Layer.ROUTING,
        "gpus": (0, 1),
        "logs": "systemd:s@1.service",
        "interval": 120,
        "timeout": 0.1,
        "verify_tls": False,
        "options": {"path": "/x"},
    }
    (model,) = config.models
    assert model.model_dump() == {
        "name": "hf.co/x/y:Q4",
        "service": "s",
        "format": "GGUF",
        "quantisation": "Q4",
        "size": 24 * 2**30,
        "use_case": "Chat",
    }


def test_what_is_left_out_has_a_default(tmp_path: Path) -> None:
    config = loaded(tmp_path, "services:\n  - {name: s, kind: litellm, url: 'http://h'}\n").config
    assert (config.cluster, config.interval, config.theme, config.nodes) == ("cluster", 5, "dark", ())
    (service,) = config.services
    assert (service.timeout, service.verify_tls, service.interval, service.key) == (5, True, None, None)


def test_a_loaded_configuration_never_changes(tmp_path: Path) -> None:
    config = loaded(tmp_path, FULL).config
    with pytest.raises(ValidationError):
        setattr(config.nodes[0], "name", "b")  # noqa: B010 - mypy knows that it is read-only


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("hydra-ai", SshConfig(host="hydra-ai")),
        ("ops@hydra-ai", SshConfig(host="hydra-ai", user="ops")),
        ("ops@hydra-ai:2222", SshConfig(host="hydra-ai", user="ops", port=2222)),
        ("'ops@[2001:db8::1]:22'", SshConfig(host="2001:db8::1", user="ops", port=22)),
        ("'[2001:db8::1]'", SshConfig(host="2001:db8::1")),
    ],
)
def test_an_ssh_destination_has_a_one_line_form(tmp_path: Path, written: str, expected: SshConfig) -> None:
    assert loaded(tmp_path, f"nodes:\n  - {{name: a, ssh: {written}}}\n").config.nodes[0].ssh == expected


@pytest.mark.parametrize(
    ("kind", "place", "url"),
    [
        ("http", "node: a, port: 8080", "http://hydra-ai:8080"),
        ("http", "node: six, port: 8080", "http://[2001:db8::1]:8080"),
        ("http", "node: desk, port: 8080", "http://127.0.0.1:8080"),
        ("http", "node: other, port: 8080", "http://other.lan:8080"),
        ("litellm", "node: a", "http://hydra-ai:4000"),
        ("postgresql", "node: a", "postgresql://hydra-ai:5432"),
        ("redis", "url: 'rediss://h'", "rediss://h:6379"),
        ("litellm", "url: 'http://h'", "http://h:80"),
        ("litellm", "url: 'https://h/litellm/'", "https://h:443/litellm"),
        ("litellm", "url: 'http://[::1]:4000/'", "http://[::1]:4000"),
        ("tcp", "url: 'tcp://h:22'", "tcp://h:22"),
    ],
)
def test_a_service_is_asked_at_its_url_or_at_its_port_of_the_node(
    tmp_path: Path, kind: str, place: str, url: str
) -> None:
    nodes = (
        "nodes:\n"
        "  - {name: a, ssh: hydra-ai}\n"
        "  - {name: six, ssh: '[2001:db8::1]'}\n"
        "  - {name: desk, local: true}\n"
        "  - {name: other, ssh: jump, address: other.lan}\n"
    )
    config = loaded(tmp_path, f"{nodes}services:\n  - {{name: s, kind: {kind}, {place}}}\n").config
    assert service_url(config.services[0], config.nodes, KINDS[kind]) == url


def test_an_anchor_may_be_used_again(tmp_path: Path) -> None:
    text = (
        "nodes:\n  - {name: a, ssh: h}\n"
        "services:\n"
        "  - {name: s, kind: http, node: a, port: 1, options: &o {path: /x}}\n"
        "  - {name: t, kind: http, node: a, port: 2, options: *o}\n"
    )
    config = loaded(tmp_path, text).config
    assert [service.options for service in config.services] == [{"path": "/x"}, {"path": "/x"}]


def test_positions_survive_for_whoever_finds_a_problem_later(tmp_path: Path) -> None:
    path = write(tmp_path, FULL)
    problem = load(path, KINDS).places.problem(("services", 0, "options", "path"), "is not there", "look")
    assert problem == Problem(str(path), 24, 15, ("services", 0, "options", "path"), "is not there", "look")
    assert str(problem) == f"{path}:24:15: services[0].options.path: is not there; look"


def test_a_date_and_a_word_that_yaml_would_turn_into_something_else_stay_text(tmp_path: Path) -> None:
    assert loaded(tmp_path, "cluster: 2026-01-01\n").config.cluster == "2026-01-01"
    assert loaded(tmp_path, "cluster: =\n").config.cluster == "="


def test_loading_imports_no_adapter_and_no_network_library() -> None:
    code = (
        "import sys, hydra_tui.config.load, hydra_tui.config.secret_checks, hydra_tui.config.paths\n"
        "print(sorted(m for m in sys.modules if m.split('.')[0] in "
        "('httpx', 'asyncssh', 'keyring', 'redis', 'asyncpg', 'textual', 'asyncio')"
        " or m.startswith(('hydra_tui.adapters', 'hydra_tui.transport'))))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
