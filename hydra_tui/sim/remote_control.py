"""Faults on cue in a simulation that runs elsewhere: what `hydra-tui sim fault|heal|status` calls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hydra_tui.core.errors import MalformedReply
from hydra_tui.core.text import inert
from hydra_tui.sim.faults import FaultRefused
from hydra_tui.transport.http import HttpClient

_LONGEST_MESSAGE = 600


@dataclass(frozen=True, slots=True)
class TargetState:
    """One node or service of the simulation."""

    name: str
    role: str
    """`node` or `service`."""
    fault: str | None
    faults: tuple[str, ...]
    """Those that it can have."""


@dataclass(frozen=True, slots=True)
class SimulationState:
    """What a running simulation says of itself."""

    seed: int
    time_s: float
    """Seconds of its world since its start."""
    targets: tuple[TargetState, ...]
    calls: Mapping[str, Mapping[str, int]]
    """By service: how often each `METHOD /path` was asked for."""


async def fault(control_url: str, token: str, target: str, kind: str) -> tuple[str, str]:
    """Let a target fail; (target, fault) as they are properly spelt.

    Raises `FaultRefused` with the names there are, or `TargetError` when there is no simulation.
    """
    reply = await _order(control_url, token, "/fault", {"target": target, "kind": kind})
    return inert(str(reply.get("target"))), inert(str(reply.get("fault")))


async def heal(control_url: str, token: str, target: str | None = None) -> tuple[str, ...]:
    """Make a target, or all, well again; the names of those that were not. Raises like `fault`."""
    reply = await _order(control_url, token, "/heal", {"target": target})
    return tuple(inert(str(name)) for name in reply.get("healed", ()))


async def state(control_url: str, token: str) -> SimulationState:
    """What the simulation is doing. Raises `TargetError` when there is none."""
    client = _client(control_url, token)
    try:
        return _state(await client.get_json("/state"))
    finally:
        await client.close()


async def _order(control_url: str, token: str, path: str, order: dict[str, str | None]) -> dict[str, Any]:
    client = _client(control_url, token)
    try:
        reply = await client.post_json(path, order)
    finally:
        await client.close()
    if not isinstance(reply, dict):
        raise MalformedReply("this is not the control port of a simulation")
    if "refused" in reply:
        raise FaultRefused(inert(str(reply["refused"]), _LONGEST_MESSAGE))
    return reply


def _client(control_url: str, token: str) -> HttpClient:
    return HttpClient(control_url, headers={"Authorization": f"Bearer {token}"})


def _state(reply: Any) -> SimulationState:
    try:
        return SimulationState(
            seed=int(reply["seed"]),
            time_s=float(reply["time_s"]),
            targets=tuple(map(_target, reply["targets"])),
            calls={str(name): dict(counts) for name, counts in reply["calls"].items()},
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise MalformedReply("this is not the control port of a simulation") from error


def _target(entry: dict[str, Any]) -> TargetState:
    name = entry["fault"]
    return TargetState(
        name=inert(str(entry["name"])),
        role=inert(str(entry["role"])),
        fault=None if name is None else inert(str(name)),
        faults=tuple(inert(str(each)) for each in entry["faults"]),
    )
