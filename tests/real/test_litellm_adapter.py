"""A real LiteLLM proxy: with its key, without, with a wrong one, and gone."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from hydra_tui.adapters.base.discovery import Found, discover
from hydra_tui.adapters.base.kind import Site
from hydra_tui.adapters.litellm import KIND
from hydra_tui.core.errors import ConnectionRefused, Unauthorised
from hydra_tui.core.models import Route
from hydra_tui.core.quantity import Fact
from hydra_tui.core.readings import Findings
from hydra_tui.core.state import State
from tests.loopback import closed_port
from tests.real.programs import running

pytestmark = [pytest.mark.real, pytest.mark.timeout(240)]

START_S = 180.0
"""It imports half of the Python world."""

MASTER_KEY = "sk-a-throw-away-key"

CONFIG = f"""
model_list:
  - model_name: parrot
    litellm_params: {{model: openai/parrot, api_base: http://127.0.0.1:9/v1, api_key: x, mock_response: hi}}
    model_info: {{id: parrot-1}}
  - model_name: parrot
    litellm_params: {{model: ollama_chat/parrot:7b, api_base: http://127.0.0.1:9, mock_response: hello}}
    model_info: {{id: parrot-2}}
general_settings:
  master_key: {MASTER_KEY}
litellm_settings:
  disable_hf_tokenizer_download: true
"""


@pytest.fixture
def litellm(require: Callable[[str], str]) -> str:
    """The program, from HYDRA_TEST_LITELLM or the PATH."""
    return os.environ.get("HYDRA_TEST_LITELLM") or require("litellm")


async def probed(port: int, key: str | None) -> Findings:
    adapter = KIND.build(Site("gateway", f"http://127.0.0.1:{port}", key=key, timeout_s=20.0))
    try:
        return await adapter.probe()
    finally:
        await adapter.close()


async def test_a_real_litellm_is_read_with_and_without_its_key_until_it_is_gone(
    litellm: str, tmp_path: Path
) -> None:
    config, port = tmp_path / "config.yaml", closed_port()
    config.write_text(CONFIG)
    command = (litellm, "--config", str(config), "--port", str(port), "--host", "127.0.0.1")
    offline = {"LITELLM_LOCAL_MODEL_COST_MAP": "True", "LITELLM_TELEMETRY": "False"}
    async with running(command, port, tmp_path / "litellm.log", environment=offline, patience_s=START_S):
        found = await probed(port, MASTER_KEY)
        assert found.state is State.UP
        assert found.version is not None
        assert found.version[0].isdigit()
        assert found.facts[:2] == (Fact("aliases", 1), Fact("deployments", 2))
        assert found.routes == (
            Route("parrot", "openai/parrot", "http://127.0.0.1:9/v1", "parrot-1"),
            Route("parrot", "ollama_chat/parrot:7b", "http://127.0.0.1:9", "parrot-2"),
        )

        locked = await probed(port, None)
        assert (locked.state, locked.routes) == (State.UP, None)
        assert locked.facts[0] == Fact("login", "no key configured")

        with pytest.raises(Unauthorised, match="refuses the key"):
            await probed(port, "sk-wrong")

        assert await discover(kinds=[KIND], ports={"litellm": port}) == [Found("litellm", "127.0.0.1", port)]

    with pytest.raises(ConnectionRefused):
        await probed(port, MASTER_KEY)
