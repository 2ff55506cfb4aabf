"""Slow libraries are imported by what needs them and by nothing else: seen in fresh interpreters."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.loopback import closed_port

LIBRARIES = {
    "asyncpg",
    "asyncssh",
    "httpx",
    "keyring",
    "pydantic",
    "pynvml",
    "redis",
    "starlette",
    "textual",
    "uvicorn",
}

REPORT = """
import json, sys
before = set(sys.modules)
try:
    {program}
finally:
    print(json.dumps(sorted(name for name in set(sys.modules) - before if sys.modules[name])))
"""

EVERY_MODULE_OF_THE_CORE = """
    import importlib, pkgutil, hydra_tui.core
    for module in pkgutil.iter_modules(hydra_tui.core.__path__, "hydra_tui.core."):
        importlib.import_module(module.name)
"""


def imported_by(program: str, exits: int = 0) -> set[str]:
    """The modules that a Python of its own has imported after running this."""
    ended = subprocess.run(
        [sys.executable, "-c", REPORT.format(program=program.strip())],
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )
    assert ended.returncode == exits, ended.stderr
    return set(json.loads(ended.stdout.splitlines()[-1]))


def libraries(modules: set[str]) -> set[str]:
    """Which of the libraries that must wait are among them."""
    return {module.partition(".")[0] for module in modules} & LIBRARIES


def test_the_core_is_plain_python() -> None:
    modules = imported_by(EVERY_MODULE_OF_THE_CORE)
    assert "hydra_tui.core.cluster" in modules
    ours = {module for module in modules if module.startswith("hydra_tui.")}
    assert {module for module in ours if not module.startswith("hydra_tui.core")} == set()
    assert {module.partition(".")[0] for module in modules - ours} - {"hydra_tui"} <= sys.stdlib_module_names


@pytest.mark.parametrize("module", ["hydra_tui.cli", "hydra_tui.cli.root"])
def test_the_command_line_opens_no_library(module: str) -> None:
    modules = imported_by(f"import {module}")
    assert module in modules
    assert libraries(modules) == set()


def test_a_headless_look_imports_no_face_and_no_wire_that_it_does_not_use(tmp_path: Path) -> None:
    config = tmp_path / "config.yaml"
    config.write_text(f"services: [{{name: port, kind: tcp, url: 'tcp://127.0.0.1:{closed_port()}'}}]")
    arguments = ["hydra-tui", "-c", str(config), "status", "--json"]
    modules = imported_by(f"sys.argv = {arguments}; import hydra_tui.cli; hydra_tui.cli.main()", exits=1)
    assert "hydra_tui.adapters.tcp" in modules
    assert libraries(modules) == {"pydantic"}
    assert not any(module.startswith("hydra_tui.tui") for module in modules)


def test_the_face_is_drawn_before_anything_is_wired() -> None:
    modules = imported_by("import hydra_tui.tui.app")
    assert libraries(modules) == {"textual"}
    assert "hydra_tui.wiring" not in modules
    below = ("hydra_tui.transport", "hydra_tui.config", "hydra_tui.adapters", "hydra_tui.hosts")
    assert {module for module in modules if module.startswith(below)} == set()


def test_naming_the_kinds_imports_none_of_them() -> None:
    modules = imported_by(
        "from hydra_tui.adapters.base import catalogue; assert 'ollama' in catalogue.names()"
    )
    adapters = {module for module in modules if module.startswith("hydra_tui.adapters.")}
    assert {module for module in adapters if not module.startswith("hydra_tui.adapters.base")} == set()
    assert libraries(modules) == set()


def test_one_kind_is_imported_without_its_neighbours() -> None:
    modules = imported_by("from hydra_tui.adapters.base import catalogue; catalogue.load('redis')")
    assert "hydra_tui.adapters.redis" in modules
    assert "hydra_tui.adapters.postgresql" not in modules
    assert libraries(modules) == set()


def test_wiring_waits_for_the_configuration_before_it_opens_a_wire() -> None:
    assert libraries(imported_by("import hydra_tui.wiring")) == {"pydantic"}


def test_a_simulation_is_not_imported_by_the_verbs_that_could_start_one() -> None:
    modules = imported_by("import hydra_tui.cli.sim, hydra_tui.cli.demo")
    assert not any(module.startswith("hydra_tui.sim") for module in modules)
    assert libraries(modules) == set()
