"""Who is recorded, where, and that one-shot looks leave nothing behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from hydra_tui.config.schema import Config
from hydra_tui.history.reader import opened
from hydra_tui.history.series_key import SeriesKey
from hydra_tui.wiring import watch
from hydra_tui.wiring.history_place import HistoryPlace, history_place
from tests.loopback import closed_port

MIB = 1 << 20
SIMULATED = {"control": "http://127.0.0.1:1", "token": "env:TOKEN"}
DEFAULT = ".local/state/hydra-tui/history.db"


def place(**written: object) -> HistoryPlace | None:
    return history_place(Config.model_validate(written))


def test_the_history_lies_where_this_system_keeps_state(clean_home: Path) -> None:
    default = HistoryPlace(clean_home / DEFAULT, 256 * MIB, record=True)
    assert history_place(None) == default
    assert place() == default


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        ({"file": "/data/lab.db", "size": "1GiB"}, HistoryPlace(Path("/data/lab.db"), 1024 * MIB, True)),
        ({"file": "/data/lab.db", "record": False}, HistoryPlace(Path("/data/lab.db"), 256 * MIB, False)),
    ],
)
@pytest.mark.parametrize("simulation", [None, SIMULATED])
def test_a_configuration_may_say_otherwise(
    history: dict[str, object], expected: HistoryPlace, simulation: dict[str, str] | None
) -> None:
    assert place(history=history, simulation=simulation) == expected


def test_a_simulated_cluster_is_never_mixed_into_the_users_history() -> None:
    assert place(simulation=SIMULATED) is None
    assert place(simulation=SIMULATED, history={"record": True}) is None


async def watched(folder: Path, history: str, *, remember: bool) -> list[float]:
    """What is recorded of a service that is down, after a watch with this configuration."""
    config = folder / "config.yaml"
    config.write_text(
        f"services: [{{name: port, kind: tcp, url: 'tcp://127.0.0.1:{closed_port()}'}}]\n{history}\n"
    )
    async with watch(config, remember=remember) as engine:
        await engine.settled(lambda cluster: cluster.complete, 20.0)
    return recorded(folder / "lab.db")


def recorded(path: Path) -> list[float]:
    """Every state of the service: 1 is up."""
    if not path.exists():
        return []
    with opened(path) as history:
        (key,) = history.keys()
        assert key == SeriesKey("port", "up")
        assert [event.what for event in history.events("port", 0, 4e9)] == ["down"]
        return [point.mean for point in history.read(key, 0, 4e9, 1)]


async def test_a_console_records_what_it_watches(tmp_path: Path) -> None:
    assert await watched(tmp_path, f"history: {{file: {tmp_path}/lab.db}}", remember=True) == [0.0]


@pytest.mark.parametrize(("more", "remember"), [("", False), (", record: false", True)])
async def test_a_single_look_and_a_console_that_shall_not_record_leave_nothing(
    tmp_path: Path, clean_home: Path, more: str, remember: bool
) -> None:
    history = f"history: {{file: {tmp_path}/lab.db{more}}}"
    assert await watched(tmp_path, history, remember=remember) == []
    assert not (clean_home / ".local").exists()
